import type { MeasureName } from "./measure/measures.ts";
import type { Settings } from "./settings.ts";

export type Transport = "websocket" | "polling";

/** What one run asks of the deployment. */
export type Plan = {
	/** Six characters that name the run: its rooms are `load-<run>-<n>`. */
	run: string;
	profile: string;
	/** Where the deployment's servers are, without a slash at the end: one address, or several of one chat. */
	targets: string[];
	transport: Transport;
	settings: Settings;
	rooms: number;
	/** How many threads the generator has. */
	workers: number;
};

/** What the generator's threads need to know beyond their scenario; passed as a file. */
export type ThreadPlan = {
	run: string;
	targets: string[];
	settings: Settings;
	/** The local socket over which they report. */
	link: string;
	/** How many threads there are. */
	threads: number;
	/** The file with all {@link Row}s, as JSON. */
	roster: string;
	/** The zero of the intended send times, on the steady clock. */
	epochMs: number;
};

/** The environment variable that names the file with the {@link ThreadPlan}. */
export const THREAD_PLAN_VARIABLE = "HUBBUB_LOAD_PLAN";

/** No answer after this long counts as an error, and the user goes on. */
export const ACK_TIMEOUT_MS = 10_000;
/** After the last turn the run waits this long for what is still under way. */
export const DRAIN_MS = 10_000;

/** What a profile is judged by. */
export const JUDGED_MEASURE: MeasureName = "fanout";

export function roomName(run: string, index: number): string {
	return `load-${run}-${index}`;
}

export function roomNames({ run, rooms }: Pick<Plan, "run" | "rooms">): string[] {
	return Array.from({ length: rooms }, (_, index) => roomName(run, index));
}

/** Messages a second, all rooms together. */
export function plannedMessagesPerS({ settings, rooms }: Pick<Plan, "settings" | "rooms">): number {
	return settings.rate * rooms;
}

/** Deliveries a second, all members together. */
export function plannedDeliveriesPerS(plan: Pick<Plan, "settings" | "rooms">): number {
	return plannedMessagesPerS(plan) * (plan.settings.users / plan.rooms);
}
