import { randomInt } from "node:crypto";
import type { Options } from "../command-line/options.ts";
import { DEFAULT_SETTINGS, type Settings } from "../command-line/settings.ts";
import { BadInput } from "../kit/cli.ts";
import type { Transport } from "../kit/client.ts";
import { generatorThreads } from "../run/pinning.ts";
import type { Profile } from "../scenario/profile.ts";

const RUN_NAME_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
const RUN_NAME_CHARS = 6;

/** One load on a deployment. */
export type Plan = {
	/** Six characters. The rooms of the run are named `load-<run>-<n>`. */
	run: string;
	profile: string;
	/** The addresses of the deployment, without a trailing slash; several are servers of one chat. */
	targets: string[];
	transport: Transport;
	settings: Settings;
	rooms: number;
	/** Number of generator threads. */
	workers: number;
};

/** The part of the plan that generator threads need beside their scenario; they read it from a file. */
export type ThreadPlan = {
	run: string;
	targets: string[];
	settings: Settings;
	/** The local socket to which they report. */
	link: string;
	threads: number;
	/** The file with the rows of all users, as JSON. */
	roster: string;
	/** The zero of the intended send times, on the monotonic clock. */
	epochMs: number;
};

/** The environment variable that names the file with the {@link ThreadPlan}. */
export const THREAD_PLAN_VARIABLE = "HUBBUB_LOAD_PLAN";

/** A request without an answer after this time counts as an error, and the user goes on. */
export const ACK_TIMEOUT_MS = 10_000;
/** Time after the last scheduled send for outstanding deliveries to arrive. */
export const DRAIN_MS = 10_000;

export function newRunName(): string {
	const character = () => RUN_NAME_ALPHABET[randomInt(RUN_NAME_ALPHABET.length)];
	return Array.from({ length: RUN_NAME_CHARS }, character).join("");
}

/** Returns the profile's settings with those of the command line over them. */
export function settingsOf(profile: Profile, options: Pick<Options, "load">): Settings {
	const settings = { ...DEFAULT_SETTINGS, ...profile.load, ...options.load };
	// --members replaces a number of rooms that the profile sets.
	if (options.load.members !== undefined) settings.rooms = 0;
	return settings;
}

export function newPlan(
	run: string,
	profile: Profile,
	settings: Settings,
	options: Pick<Options, "transport">,
	targets: string[],
): Plan {
	const rooms = settings.rooms || Math.ceil(settings.users / settings.members);
	if (rooms > settings.users) {
		throw new BadInput(
			`${rooms} rooms for ${settings.users} users leave some empty: give at least as many users as rooms.`,
		);
	}
	const workers = Math.min(generatorThreads(), settings.users);
	return { run, profile: profile.name, targets, transport: options.transport, settings, rooms, workers };
}

export function roomName(run: string, index: number): string {
	return `load-${run}-${index}`;
}

export function roomNames({ run, rooms }: Pick<Plan, "run" | "rooms">): string[] {
	return Array.from({ length: rooms }, (_, index) => roomName(run, index));
}
