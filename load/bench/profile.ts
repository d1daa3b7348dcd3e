#!/usr/bin/env node
import { mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EXIT_CODE, REPORTS_FOLDER, runCommand } from "../kit/cli.ts";
import { CHAT_ENTRY } from "../kit/server-process.ts";
import { TempFolder } from "../kit/temp-folder.ts";
import { pinGenerator } from "./measure/pinning.ts";
import { connectMembers } from "./members/members.ts";
import { startTraffic } from "./members/traffic.ts";
import { ours } from "./peers/ours.ts";
import { startPeer } from "./peers/peer.ts";
import { checkMachine } from "./run/preconditions.ts";
import { type CpuProfileOptions, PROFILE_HELP, readProfileOptions } from "./run/profile-options.ts";
import { type CpuProfile, topFunctions } from "./run/top-functions.ts";

const SHOWN_FUNCTIONS = 15;

await runCommand(async (args) => {
	const options = readProfileOptions(args);
	if (options === "help") {
		console.log(PROFILE_HELP);
		return EXIT_CODE.passed;
	}
	checkMachine();
	pinGenerator();
	mkdirSync(REPORTS_FOLDER, { recursive: true });
	using folder = new TempFolder("profile-", REPORTS_FOLDER);
	await writeProfiles(folder.path, options);
	report(folder.path);
	return EXIT_CODE.passed;
});

/** Runs the server under the load. It writes a profile for each of its threads to the folder when it exits. */
async function writeProfiles(folder: string, { name, load, seconds }: CpuProfileOptions): Promise<void> {
	const command = [process.execPath, "--cpu-prof", `--cpu-prof-dir=${folder}`, CHAT_ENTRY];
	await using server = await startPeer({ ...(await ours.program()), command });
	console.error(`Profiling the server under ${name} for ${seconds} s…`);
	const tokens = await ours.createSessions!(server.url, load.rooms * load.membersPerRoom);
	const members = await connectMembers(ours.protocol, server.port, load, tokens);
	try {
		const stopTraffic = startTraffic(members, load.messagesPerS);
		await sleep(seconds * 1_000);
		stopTraffic();
		if (members.counter.fault !== undefined) throw new Error(members.counter.fault);
	} finally {
		members.close();
	}
	await server.stop();
}

/** Moves the profiles to the reports and prints the functions with the most CPU time. */
function report(folder: string): void {
	const when = new Date().toISOString().replaceAll(":", "-").slice(0, 19);
	for (const file of readdirSync(folder).sort()) {
		// CPU.<date>.<time>.<pid>.<thread>.<n>.cpuprofile; the main thread is 0.
		const thread = Number(file.split(".")[4]);
		const path = join(REPORTS_FOLDER, `profile-${when}-${thread === 0 ? "server" : `worker-${thread}`}.cpuprofile`);
		renameSync(join(folder, file), path);
		const { busyMs, shares } = topFunctions(JSON.parse(readFileSync(path, "utf8")) as CpuProfile, SHOWN_FUNCTIONS);
		console.log(`\n${path}: ${(busyMs / 1_000).toFixed(1)} s of CPU time`);
		for (const { share, where } of shares) console.log(`${(share * 100).toFixed(1).padStart(6)} %  ${where}`);
	}
	console.log(
		"\nEach share is the function's own time, without the functions that it calls, of the CPU time of its thread. To see " +
			"more, load a file into the Performance panel of Chrome's developer tools, or open it in VS Code.",
	);
}
