import { randomInt } from "node:crypto";
import { BadInput } from "../bad-input.ts";
import type { Options } from "../options.ts";
import type { Plan } from "../plan.ts";
import type { Profile } from "../profile.ts";
import { DEFAULT_SETTINGS, type Settings } from "../settings.ts";
import { generatorThreads } from "./cores.ts";

const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
const RUN_CHARS = 6;
/** What a process holds open beside its connections. */
const SPARE_FILES = 200;

export function newRunName(): string {
	return Array.from({ length: RUN_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** The profile's numbers, with those of the command line over them. */
export function settingsOf(profile: Profile, options: Pick<Options, "load">): Settings {
	const settings = { ...DEFAULT_SETTINGS, ...profile.load, ...options.load };
	// Whoever says how many are in a room does not want the profile's number of rooms.
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

/** Where a search for the capacity stops by itself, at the latest. */
export const DEFAULT_MAX_USERS = 20_000;

/** How many users so many open files allow. */
export function usersFor(openFiles: number): number {
	return Math.max(0, openFiles - SPARE_FILES);
}

/** Throws where the operating system would not let so many connections be opened. `openFiles` as `ulimit -Hn` tells it. */
export function checkOpenFiles(users: number, openFiles: number): void {
	if (users <= usersFor(openFiles)) return;
	throw new BadInput(
		`${users} users need as many open files, and this shell allows ${openFiles}. ` +
			`Take at most ${usersFor(openFiles)} users, or raise the limit (as root: ulimit -n ${users + SPARE_FILES}).`,
	);
}
