/** Measures the time from the start of the built server to its first successful response, beside a bare node:http server. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { freePort } from "../local-server/free-port.ts";
import { root } from "../root.ts";

/** Highest acceptable ratio of the built server, compiled ahead, to the bare one. */
const GOAL = 1.4;

const HELP = `Measures the cold start: from the start of the process to the first 200 of /readyz.

  npm run build && npm run measure:cold-start -- [--rounds 20]

Each round starts a bare node:http server, the built server, and the built server with its code compiled ahead as in the
image. The databases exist already, as after a restart. The last row waits for a response of the API instead, whose code is
loaded after the first response. "to bare" is the median of each round's ratio to the bare server; the goal is ${GOAL}.`;

const BARE = `import { createServer } from "node:http";
createServer((request, response) => response.end("ready")).listen(Number(process.env.PORT), process.env.HOST);
`;
const POLL_MS = 1;
const START_TIMEOUT_MS = 30_000;

/** Wall-clock time, and the CPU time of all threads (0 where there is no /proc), which is steadier on a busy machine. */
type Sample = { ms: number; cpuMs: number };
type Contender = { name: string; entry: string; env: Record<string, string>; awaits: Awaited; samples: Sample[] };
/** The response that ends a measurement. */
type Awaited = { path: string; status: number };

const READY: Awaited = { path: "/readyz", status: 200 };
/** The API rejects a request without a session. */
const API_RESPONDS: Awaited = { path: "/api/session", status: 401 };

const { values } = parseArgs({ options: { rounds: { type: "string", default: "20" }, help: { type: "boolean" } } });
const rounds = Number(values.rounds);
const built = join(root, "dist", "main.mjs");
if (values.help) {
	console.log(HELP);
} else if (!Number.isInteger(rounds) || rounds < 3) {
	console.error("--rounds must be a whole number of 3 or more.");
	process.exitCode = 2;
} else if (!existsSync(built)) {
	console.error("dist/main.mjs does not exist: run npm run build first.");
	process.exitCode = 2;
} else {
	await measure();
}

async function measure(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-cold-"));
	try {
		const bare = join(folder, "bare.mjs");
		writeFileSync(bare, BARE);
		const compiled = { NODE_COMPILE_CACHE: join(folder, "cache") };
		const contenders: Contender[] = [
			{ name: "bare node:http", entry: bare, env: {}, awaits: READY, samples: [] },
			contender("bundle", join(folder, "plain.db"), { NODE_DISABLE_COMPILE_CACHE: "1" }),
			contender("bundle, compiled ahead", join(folder, "ahead.db"), compiled),
			contender("the same, to the API", join(folder, "ahead.db"), compiled, API_RESPONDS),
		];
		// Not counted: creates the databases and fills the compile cache.
		for (const one of contenders) await startOnce(one);
		for (let round = 1; round <= rounds; round += 1) {
			process.stderr.write(`\rround ${round} of ${rounds}`);
			for (const one of contenders) one.samples.push(await startOnce(one));
		}
		process.stderr.write("\n");
		report(contenders);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function contender(name: string, database: string, env: Record<string, string>, awaits = READY): Contender {
	return { name, entry: built, env: { ...env, DATABASE_PATH: database, LOG_LEVEL: "warn" }, awaits, samples: [] };
}

/** Times one start. The process has ended when this resolves. */
async function startOnce({ entry, env, awaits }: Contender): Promise<Sample> {
	const port = await freePort();
	const began = performance.now();
	const child = spawn(process.execPath, [entry], {
		stdio: ["ignore", "ignore", "inherit"],
		env: { PATH: process.env.PATH, ...env, HOST: "127.0.0.1", PORT: String(port) },
	});
	const ended = once(child, "exit");
	try {
		await untilResponse(port, awaits, child);
		return { ms: performance.now() - began, cpuMs: cpuMsOf(child.pid!) };
	} finally {
		child.kill("SIGTERM");
		await ended;
	}
}

async function untilResponse(port: number, { path, status }: Awaited, child: ChildProcess): Promise<void> {
	const deadline = performance.now() + START_TIMEOUT_MS;
	while ((await statusOf(port, path)) !== status) {
		if (child.exitCode !== null) throw new Error(`The server exited with ${child.exitCode} before it was ready.`);
		if (performance.now() > deadline) throw new Error(`The server was not ready after ${START_TIMEOUT_MS / 1000} s.`);
		await sleep(POLL_MS);
	}
}

function statusOf(port: number, path: string): Promise<number | undefined> {
	return new Promise((resolve) => {
		const request = get({ host: "127.0.0.1", port, path, agent: false }, (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		request.once("error", () => resolve(undefined));
	});
}

function cpuMsOf(pid: number): number {
	const threads = globSync(`/proc/${pid}/task/*/schedstat`);
	return threads.reduce((sum, file) => sum + Number(readFileSync(file, "utf8").split(" ")[0]) / 1e6, 0);
}

function report(contenders: Contender[]): void {
	const columns = ["median ms", "p95 ms", "to bare", "CPU ms", "to bare"];
	console.log(`Node ${process.versions.node}, ${rounds} rounds, from start to ready\n`);
	console.log("".padEnd(24) + columns.map((column) => column.padStart(11)).join(""));
	const bare = contenders[0]!.samples;
	for (const { name, samples } of contenders) {
		const times = samples.map((sample) => sample.ms);
		const cpuMs = percentile(
			50,
			samples.map((sample) => sample.cpuMs),
		);
		const cells = [percentile(50, times).toFixed(0), percentile(95, times).toFixed(0), toBare("ms", samples, bare)];
		const cpuCells = cpuMs > 0 ? [cpuMs.toFixed(0), toBare("cpuMs", samples, bare)] : [];
		console.log(name.padEnd(24) + [...cells, ...cpuCells].map((cell) => cell.padStart(11)).join(""));
	}
}

/** Median of each round's ratio to the bare server, so that a slow round affects both alike. */
function toBare(figure: keyof Sample, samples: Sample[], bare: Sample[]): string {
	return percentile(
		50,
		samples.map((sample, round) => sample[figure] / bare[round]![figure]),
	).toFixed(2);
}

/** Nearest-rank percentile. */
function percentile(percent: number, values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.ceil((percent / 100) * values.length) - 1] ?? Number.NaN;
}
