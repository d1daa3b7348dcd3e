import { get } from "node:http";
import { bare, bundle } from "../contenders/bundle.ts";
import { type Program, poll, spawnServer } from "../contenders/server-process.ts";
import { median } from "../measure/statistics.ts";
import type { Entry, Outcome, Workload } from "./workload.ts";

const STARTS = 5;
const RETRY_MS = 1;

export const coldStart: Workload = {
	id: "cold-start",
	title: "From the start of the process to the first 200",
	metrics: ["startMs"],
	entries: () => [
		entry("bundle", "Hubbub, as it is deployed", bundle(), "/readyz"),
		entry("bare", "A bare node:http server", bare(), "/"),
	],
};

function entry(id: string, title: string, program: Program, path: string): Entry {
	return { id, title, run: async () => [await starts(program, path)] };
}

/** The first one fills the compile cache and the disk's, as building the image does, and is not counted. */
async function starts(program: Program, path: string): Promise<Outcome> {
	const times: number[] = [];
	for (let i = 0; i <= STARTS; i++) times.push(await timeToFirst200(program, path));
	return { verdict: "verified", metrics: { startMs: median(times.slice(1)) } };
}

async function timeToFirst200(program: Program, path: string): Promise<number> {
	const began = performance.now();
	const server = await spawnServer(program);
	try {
		await poll(server, () => answers200(server.port, path), RETRY_MS);
		const elapsedMs = performance.now() - began;
		// An orderly end: what was compiled is kept only then.
		await server.finish();
		return elapsedMs;
	} finally {
		await server.kill();
	}
}

function answers200(port: number, path: string): Promise<boolean> {
	return new Promise((resolve) => {
		get({ port, host: "127.0.0.1", path, agent: false }, (response) => {
			response.resume();
			resolve(response.statusCode === 200);
		}).once("error", () => resolve(false));
	});
}
