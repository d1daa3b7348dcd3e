import { MAX_BODY_CHARS } from "../../app/protocol/limits.ts";
import type { Mix } from "./mix.ts";

type NumberSetting = { min: number; max: number; whole: boolean; help: string };

/** The numbers of a load that a profile sets and a flag overrides, in the order of the help. */
export const SETTINGS = {
	users: { min: 1, max: 1_000_000, whole: true, help: "number of users, each with a session and a connection" },
	members: { min: 1, max: 1_000_000, whole: true, help: "users per room; determines the number of rooms" },
	rooms: { min: 1, max: 100_000, whole: true, help: "number of rooms, instead of --members" },
	rate: { min: 0, max: 100_000, whole: false, help: "messages per second in each room" },
	speakers: { min: 0, max: 1_000_000, whole: true, help: "users per room who send messages; 0 for all of them" },
	chars: { min: 40, max: MAX_BODY_CHARS, whole: true, help: "characters per message" },
	arrivals: { min: 1, max: 10_000, whole: true, help: "users who connect per second, until all have joined" },
	duration: { min: 1, max: 43_200, whole: true, help: "seconds during which messages are sent, after all have joined" },
	p99: { min: 1, max: 60_000, whole: true, help: "goal: 99th percentile of the fan-out latency, in milliseconds" },
	errors: { min: 0, max: 100, whole: false, help: "goal: highest share of failed requests, in percent" },
} as const satisfies Record<string, NumberSetting>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** How the sends of a room are spread over time: each at its own moment, or all at the same. */
export const PACES = ["spread", "together"] as const;
export type Pace = (typeof PACES)[number];

/** How many members the rooms have: all the same number, or a few rooms many and most of them few. */
export const SIZES = ["equal", "varied"] as const;
export type Sizes = (typeof SIZES)[number];

/** `rooms: 0` means that `members` determines the number of rooms. */
export type Settings = Record<SettingName, number> & {
	pace: Pace;
	sizes: Sizes;
	/** What users do on their turns; null where the scenario itself says so. */
	mix: Mix | null;
	/** Whether memory and latency must not rise. */
	soak: boolean;
};

export const DEFAULT_SETTINGS: Readonly<Settings> = Object.freeze({
	users: 1_000,
	members: 50,
	rooms: 0,
	rate: 1,
	speakers: 0,
	chars: 100,
	arrivals: 200,
	duration: 60,
	p99: 500,
	errors: 0.1,
	pace: "spread",
	sizes: "equal",
	mix: null,
	soak: false,
});

/** Returns the number in `value`, or a sentence that says which numbers are allowed. */
export function readSetting(name: SettingName, value: unknown): number | string {
	const { min, max, whole }: NumberSetting = SETTINGS[name];
	const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	const fits = typeof number === "number" && number >= min && number <= max && (!whole || Number.isInteger(number));
	return fits ? number : `${name} is a ${whole ? "whole " : ""}number from ${min} to ${max}, not "${value}".`;
}
