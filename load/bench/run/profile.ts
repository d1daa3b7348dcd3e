import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ours, program } from "../contenders/ours.ts";
import { type ServerProcess, start } from "../contenders/server-process.ts";
import { pinGenerator } from "../measure/pinning.ts";
import { seat } from "../members/audience.ts";
import { startTraffic } from "../members/traffic.ts";
import { REPORTS_DIR } from "../report/directory.ts";
import type { ProfileOptions } from "./profile-options.ts";
import { type CpuProfile, topFunctions } from "./top-functions.ts";

const SHOWN = 15;

/** Puts the real server under load with V8's profiler on; writes a file for each of its threads and says what is in it. */
export async function profile({ name, load, seconds }: ProfileOptions): Promise<void> {
	pinGenerator();
	const directory = mkdtempSync(join(REPORTS_DIR, "profile-"));
	try {
		const server = await start(program(["--cpu-prof", `--cpu-prof-dir=${directory}`]));
		try {
			console.error(`The server under ${name}, ${seconds} s…`);
			await work(server, { name, load, seconds });
			await server.finish();
		} finally {
			await server.kill();
		}
		report(directory);
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}

async function work(server: ServerProcess, { load, seconds }: ProfileOptions): Promise<void> {
	const tokens = await ours.admit!(server, load.rooms * load.membersPerRoom);
	const audience = await seat(ours.wire, server.port, load, tokens);
	try {
		const traffic = startTraffic(audience, load.messagesPerS);
		await sleep(seconds * 1_000);
		traffic.stop();
		if (audience.tally.fault !== undefined) throw new Error(audience.tally.fault);
	} finally {
		audience.close();
	}
}

function report(directory: string): void {
	const when = new Date().toISOString().replaceAll(":", "-").slice(0, 19);
	for (const file of readdirSync(directory).sort()) {
		// CPU.<date>.<time>.<pid>.<thread>.<n>.cpuprofile; the main thread is 0.
		const thread = Number(file.split(".")[4]);
		const path = join(REPORTS_DIR, `profile-${when}-${thread === 0 ? "server" : `worker-${thread}`}.cpuprofile`);
		renameSync(join(directory, file), path);
		const { busyMs, shares } = topFunctions(JSON.parse(readFileSync(path, "utf8")) as CpuProfile, SHOWN);
		console.log(`\n${path}: ${(busyMs / 1_000).toFixed(1)} s of work`);
		for (const { share, where } of shares) {
			console.log(`${(share * 100).toFixed(1).padStart(6)} %  ${where}`);
		}
	}
	console.log(
		"\nTo look closer: in Chrome's developer tools, Performance, Load profile; or open the file in VS Code. " +
			"The shares are of the time that the thread worked, each function without what it calls.",
	);
}
