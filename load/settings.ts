import { MAX_BODY_CHARS } from "../app/protocol/limits.ts";

/** One number that a profile sets and a flag overrides. */
type Measure = { min: number; max: number; whole: boolean; help: string };

/** The numbers of a load, in the order in which the help tells them. */
export const SETTINGS = {
	users: { min: 1, max: 1_000_000, whole: true, help: "people, each with a session and a connection of their own" },
	members: { min: 1, max: 1_000_000, whole: true, help: "people in each room; makes the number of rooms" },
	rooms: { min: 1, max: 100_000, whole: true, help: "rooms, instead of --members" },
	rate: { min: 0, max: 100_000, whole: false, help: "messages a second in each room" },
	speakers: { min: 0, max: 1_000_000, whole: true, help: "how many in each room speak; 0: everybody" },
	chars: { min: 40, max: MAX_BODY_CHARS, whole: true, help: "characters of a message" },
	arrivals: { min: 1, max: 10_000, whole: true, help: "people who arrive a second, until all are there" },
	duration: { min: 1, max: 43_200, whole: true, help: "seconds of talk, once everybody is there" },
	p99: { min: 1, max: 60_000, whole: true, help: "the goal: 99 of 100 deliveries within so many milliseconds" },
	errors: { min: 0, max: 100, whole: false, help: "the goal: errors in 100 requests, at most" },
} as const satisfies Record<string, Measure>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** How turns lie in time: each at a moment of its own, or all at the same. */
export const PACES = ["spread", "together"] as const;
export type Pace = (typeof PACES)[number];

/** `rooms: 0` means that `members` makes the number of rooms. */
export type Settings = Record<SettingName, number> & {
	pace: Pace;
	/** Whether memory and latency have to be flat, too. */
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
	soak: false,
});

/** The number that `value` says, or a sentence that says what it should be. */
export function readSetting(name: SettingName, value: unknown): number | string {
	const { min, max, whole }: Measure = SETTINGS[name];
	const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	const fits = typeof number === "number" && number >= min && number <= max && (!whole || Number.isInteger(number));
	return fits ? number : `${name} is a ${whole ? "whole " : ""}number from ${min} to ${max}, not "${value}".`;
}
