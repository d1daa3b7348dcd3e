/** Measures the time from the start of the built server to its first successful response, beside a bare node:http server. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { BadInput, EXIT_CODE, readFlags, readWhole, runCommand, SWITCH, TEXT } from "../../load/kit/cli.ts";
import { freePort } from "../../load/kit/free-port.ts";
import { median, percentileOf } from "../../load/kit/latency.ts";
import { TempFolder } from "../../load/kit/temp-folder.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import { root } from "../root.ts";

const ROUNDS = 20;
const MIN_ROUNDS = 3;
const MAX_ROUNDS = 1_000;

const HELP = `Measures the cold start: from the start of the process to the first 200 of /readyz.

  npm run build && npm run measure:cold-start -- [--rounds ${ROUNDS}]

Each round starts a bare node:http server, the built server, and the built server with Node's compile cache filled, as on a
second start. The databases exist already. The last row waits for a response of the API instead. "to bare" is the median
of each round's ratio to the bare server.`;

const BARE = `import { createServer } from "node:http";
createServer((request, response) => response.end("ready")).listen(Number(process.env.PORT), process.env.HOST);
`;
const START = { timeoutMs: 30_000, pollMs: 1 };

/** Wall-clock time, and the CPU time of all threads (0 if there is no /proc), which is steadier on a busy machine. */
type Sample = { ms: number; cpuMs: number };
/** The response that ends a measurement. */
type Awaited = { path: string; status: number };
type Variant = { name: string; entry: string; env: Record<string, string>; awaits: Awaited; samples: Sample[] };

const READY: Awaited = { path: "/readyz", status: 200 };
/** The API rejects a request without a session. */
const API_RESPONDS: Awaited = { path: "/api/session", status: 401 };

await runCommand(async (args) => {
	const flags = readFlags("npm run measure:cold-start", args, { rounds: TEXT, help: SWITCH });
	if (flags.help) {
		console.log(HELP);
		return EXIT_CODE.passed;
	}
	const rounds = readWhole("--rounds", flags.rounds ?? String(ROUNDS), MAX_ROUNDS, MIN_ROUNDS);
	const built = join(root, "dist", "main.mjs");
	if (!existsSync(built)) throw new BadInput("dist/main.mjs does not exist: run npm run build first.");
	using folder = new TempFolder("hubbub-cold-");
	report(await measure(folder, built, rounds));
	return EXIT_CODE.passed;
});

async function measure(folder: TempFolder, built: string, rounds: number): Promise<Variant[]> {
	const bare = folder.file("bare.mjs");
	writeFileSync(bare, BARE);
	const variant = (name: string, database: string, env: Record<string, string>, awaits = READY): Variant => {
		const settings = { ...env, DATABASE_PATH: folder.file(database), LOG_LEVEL: "warn" };
		return { name, entry: built, env: settings, awaits, samples: [] };
	};
	const compiled = { NODE_COMPILE_CACHE: folder.file("cache") };
	const variants: Variant[] = [
		{ name: "bare node:http", entry: bare, env: {}, awaits: READY, samples: [] },
		variant("bundle", "plain.db", { NODE_DISABLE_COMPILE_CACHE: "1" }),
		variant("bundle, compile cache", "ahead.db", compiled),
		variant("the same, to the API", "ahead.db", compiled, API_RESPONDS),
	];
	// Not counted: creates the databases and fills the compile cache.
	for (const one of variants) await startOnce(one);
	for (let round = 1; round <= rounds; round += 1) {
		process.stderr.write(`\rround ${round} of ${rounds}`);
		for (const one of variants) one.samples.push(await startOnce(one));
	}
	process.stderr.write("\n");
	return variants;
}

/** Times one start. The process has ended when this resolves. */
async function startOnce({ entry, env, awaits }: Variant): Promise<Sample> {
	const port = await freePort();
	const startedAt = performance.now();
	const child = spawn(process.execPath, [entry], {
		stdio: ["ignore", "ignore", "inherit"],
		env: { PATH: process.env.PATH, ...env, HOST: "127.0.0.1", PORT: String(port) },
	});
	const ended = once(child, "exit");
	try {
		await waitFor(`the status ${awaits.status}`, () => hasResponded(port, awaits, child), START);
		return { ms: performance.now() - startedAt, cpuMs: cpuMsOf(child.pid!) };
	} finally {
		child.kill("SIGTERM");
		await ended;
	}
}

async function hasResponded(port: number, { path, status }: Awaited, child: ChildProcess): Promise<boolean> {
	if (child.exitCode !== null) throw new Error(`The server exited with ${child.exitCode} before it was ready.`);
	const { promise, resolve } = Promise.withResolvers<number | undefined>();
	const request = get({ host: "127.0.0.1", port, path, agent: false }, (response) => {
		response.resume();
		resolve(response.statusCode);
	});
	request.once("error", () => resolve(undefined));
	return (await promise) === status;
}

function cpuMsOf(pid: number): number {
	const threads = globSync(`/proc/${pid}/task/*/schedstat`);
	return threads.reduce((sum, file) => sum + Number(readFileSync(file, "utf8").split(" ")[0]) / 1e6, 0);
}

function report(variants: readonly Variant[]): void {
	const columns = ["median ms", "p95 ms", "to bare", "CPU ms", "to bare"];
	const bare = variants[0]!.samples;
	console.log(`Node ${process.versions.node}, ${bare.length} rounds, from start to ready\n`);
	console.log("".padEnd(24) + columns.map((column) => column.padStart(11)).join(""));
	for (const { name, samples } of variants) {
		const [times, cpuTimes] = [samples.map(({ ms }) => ms), samples.map(({ cpuMs }) => cpuMs)];
		const cells = [median(times).toFixed(0), percentileOf(times, 95).toFixed(0), toBare("ms", samples, bare)];
		if (median(cpuTimes) > 0) cells.push(median(cpuTimes).toFixed(0), toBare("cpuMs", samples, bare));
		console.log(name.padEnd(24) + cells.map((cell) => cell.padStart(11)).join(""));
	}
}

/** Returns the median of each round's ratio to the bare server, so that a slow round affects both alike. */
function toBare(figure: keyof Sample, samples: readonly Sample[], bare: readonly Sample[]): string {
	return median(samples.map((sample, round) => sample[figure] / bare[round]![figure])).toFixed(2);
}
