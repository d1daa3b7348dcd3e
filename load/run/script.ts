import { writeFileSync } from "node:fs";
import { arrivalPhases } from "../arrivals.ts";
import type { Plan, ThreadPlan } from "../plan.ts";
import type { Profile, Scenario } from "../profile.ts";
import { roster } from "../roster.ts";
import type { WorkFolder } from "./work-folder.ts";

/** The files that Artillery and the threads read. Gives the script's path and the plan's. */
export function writeRunFiles(folder: WorkFolder, profile: Profile, plan: Plan, epochMs: number) {
	const { run, targets, settings, workers: threads } = plan;
	const files = { script: folder.file("script.json"), threadPlan: folder.file("plan.json") };
	// Not as Artillery's `payload`: that is meant to be shared out, but every thread gets all of it, from the first row on
	// (artillery 2.0.34, lib/platform/local/index.ts:97 hands it over whole beside the script that was divided).
	const rosterFile = folder.file("roster.json");
	const thread: ThreadPlan = { run, targets, settings, link: folder.link, threads, roster: rosterFile, epochMs };
	writeFileSync(rosterFile, JSON.stringify(roster(plan)));
	writeFileSync(files.threadPlan, JSON.stringify(thread));
	writeFileSync(files.script, JSON.stringify(artilleryScript(profile, plan)));
	return files;
}

/** The profile with everything in it that is the same for all of them. */
export function artilleryScript(profile: Profile, plan: Plan) {
	return {
		config: {
			...profile.config,
			target: plan.targets[0],
			phases: arrivalPhases(plan.settings.users, plan.settings.arrivals, plan.workers),
			engines: { "socketio-v3": socketOptions(plan) },
		},
		scenarios: profile.scenarios.map((scenario) => withUsersOwn(scenario, plan.targets)),
	};
}

/** Socket.IO's own options. */
function socketOptions({ transport }: Plan) {
	return {
		extraHeaders: { "X-Load-Token": "{{ $processEnvironment.LOAD_TOKEN }}" },
		transports: [transport],
		// A reconnection of Socket.IO's own would call the engine's connect step back a second time.
		reconnection: false,
	};
}

/**
 * What each user has of their own on a connection, said in the connect steps, for only there the engine fills in a
 * user's variables: the server that they go to, and on loopback an address to come from. Of those each has some 28,000
 * ports, and a closed connection keeps its own for a minute.
 */
function withUsersOwn(scenario: Scenario, targets: string[]): Scenario {
	const own = {
		...(targets.length > 1 && { server: "{{ server }}" }),
		...(targets.every(isOnLoopback) && process.platform === "linux" && { localAddress: "{{ address }}" }),
	};
	const flow = scenario.flow.map((step) => (step.connect ? { ...step, connect: { ...step.connect, ...own } } : step));
	// Artillery ends when its last user does, and would take the books along.
	return { ...scenario, flow: [...flow, { function: "goHome" }] };
}

function isOnLoopback(target: string): boolean {
	const { protocol, hostname } = new URL(target);
	return protocol === "http:" && hostname === "127.0.0.1";
}
