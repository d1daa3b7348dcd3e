import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TempFolder } from "../kit/temp-folder.ts";
import type { Plan, ThreadPlan } from "../plan/plan.ts";
import { roster } from "../plan/roster.ts";
import type { Profile, Scenario } from "../scenario/profile.ts";

/** A phase of an Artillery script. */
type Phase = { name: string; duration: number; arrivalRate: number };

/**
 * Arrival rates whose interval is a whole number of microseconds. Artillery rounds the interval down, and at any other
 * rate too many users would arrive (`arrivals`, index.js: UniformProcess).
 */
const EXACT_RATES = [1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 100, 125, 200, 250, 500, 1_000];

/** Returns the path of the local socket to which the generator's threads report, in a folder that only this user opens. */
export function linkPath({ path }: TempFolder): string {
	return process.platform === "win32" ? `\\\\.\\pipe\\${path.replaceAll(/[\\:]/g, "-")}` : join(path, "link");
}

/** Writes the files that Artillery and its threads read. Returns the paths of the script and of the thread plan. */
export function writeRunFiles(folder: TempFolder, profile: Profile, plan: Plan, epochMs: number) {
	const { run, targets, settings, workers: threads } = plan;
	const files = { script: folder.file("script.json"), threadPlan: folder.file("plan.json") };
	// Not as Artillery's `payload`, which each thread gets whole and reads from the first row on
	// (artillery 2.0.34, lib/platform/local/index.ts:97).
	const rosterFile = folder.file("roster.json");
	const thread: ThreadPlan = { run, targets, settings, link: linkPath(folder), threads, roster: rosterFile, epochMs };
	writeFileSync(rosterFile, JSON.stringify(roster(plan)));
	writeFileSync(files.threadPlan, JSON.stringify(thread));
	writeFileSync(files.script, JSON.stringify(artilleryScript(profile, plan)));
	return files;
}

function artilleryScript(profile: Profile, plan: Plan) {
	return {
		config: {
			...profile.config,
			target: plan.targets[0],
			phases: arrivalPhases(plan.settings.users, plan.settings.arrivals, plan.workers),
			engines: {
				"socketio-v3": {
					extraHeaders: { "X-Load-Token": "{{ $processEnvironment.LOAD_TOKEN }}" },
					transports: [plan.transport],
					// On a reconnection by Socket.IO the engine's connect step would call back a second time.
					reconnection: false,
				},
			},
		},
		scenarios: profile.scenarios.map((scenario) => withConnectOptions(scenario, plan.targets)),
	};
}

/**
 * Adds the options of a connection that differ by user to the connect steps, the only place where the engine fills in a
 * user's variables: the server, and on loopback the local address. An address has some 28,000 ports, and a closed
 * connection keeps its port for a minute.
 */
function withConnectOptions(scenario: Scenario, targets: string[]): Scenario {
	const options = {
		...(targets.length > 1 && { server: "{{ server }}" }),
		...(targets.every(isOnLoopback) && process.platform === "linux" && { localAddress: "{{ address }}" }),
	};
	const flow = scenario.flow.map((step) =>
		step.connect ? { ...step, connect: { ...step.connect, ...options } } : step,
	);
	// Artillery exits with its last user, and the ledgers would be lost.
	return { ...scenario, flow: [...flow, { function: "leave" }] };
}

function isOnLoopback(target: string): boolean {
	const { protocol, hostname } = new URL(target);
	return protocol === "http:" && hostname === "127.0.0.1";
}

/** Returns phases in which exactly `users` arrive, shared evenly by the threads, at no more than about `perSecond`. */
export function arrivalPhases(users: number, perSecond: number, workers: number): Phase[] {
	const perWorker = EXACT_RATES.findLast((rate) => rate * workers <= perSecond) ?? 1;
	const arrivalRate = perWorker * workers;
	const duration = Math.floor(users / arrivalRate);
	const rest = users - duration * arrivalRate;
	const phases: Phase[] = [];
	if (duration > 0) phases.push({ name: "arrivals", duration, arrivalRate });
	if (rest > 0) phases.push({ name: "remaining arrivals", duration: 1, arrivalRate: rest });
	return phases;
}
