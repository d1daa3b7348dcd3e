import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";

const READY_TIMEOUT_MS = 30_000;
const POLL_MS = 10;

export type ServerOptions = {
	/** The program and its arguments; a file for Node alone can be given as `entry`. */
	command?: [program: string, ...args: string[]];
	/** A file for this Node to run. */
	entry?: string;
	/** Beside 127.0.0.1, a free port and a database of its own, which stand where this has nothing else. */
	env?: Record<string, string | undefined>;
	/** What the machine has of its own, such as PATH, is there unless this says otherwise. */
	inherit?: boolean;
	cwd?: string;
};

export type RunningServer = {
	url: string;
	process: ChildProcess;
	/** What it wrote so far, both streams. */
	output(): string;
	/** SIGTERM, and its exit code once it has ended. Removes the database that was made for it. */
	stop(): Promise<number | null>;
};

/** Starts a Hubbub in a process of its own; resolves once it is ready, rejects with its output when it isn't in time. */
export async function runServer({
	command,
	entry = "",
	env = {},
	inherit = true,
	cwd,
}: ServerOptions): Promise<RunningServer> {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-server-"));
	const own = { HOST: "127.0.0.1", PORT: String(await freePort()), DATABASE_PATH: join(folder, "hubbub.db") };
	const all = { ...(inherit ? process.env : {}), ...env };
	for (const [name, value] of Object.entries(own)) all[name] ??= value;
	const [program, ...args] = command ?? [process.execPath, entry];
	const child = spawn(program, args, { env: all, stdio: "pipe", ...(cwd === undefined ? {} : { cwd }) });
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (chunk: string) => {
			output += chunk;
		});
	}
	const ended = once(child, "exit");

	async function stop(): Promise<number | null> {
		child.kill("SIGTERM");
		const [code] = (await ended) as [number | null];
		rmSync(folder, { recursive: true, force: true });
		return code;
	}

	const url = `http://127.0.0.1:${all.PORT}`;
	try {
		await untilReady(url, child);
	} catch (error) {
		await stop();
		throw new Error(`${(error as Error).message}\n${output}`);
	}
	return { url, process: child, output: () => output, stop };
}

/** Resolves with the first 200 of `/readyz`; rejects when the process ends before it, or after 30 s. */
export async function untilReady(url: string, child: ChildProcess): Promise<void> {
	const deadline = performance.now() + READY_TIMEOUT_MS;
	while (performance.now() < deadline) {
		if (child.exitCode !== null || child.signalCode !== null) throw new Error("The server ended before it was ready.");
		const response = await fetch(`${url}/readyz`).catch(() => undefined);
		await response?.body?.cancel();
		if (response?.status === 200) return;
		await sleep(POLL_MS);
	}
	throw new Error(`The server was not ready after ${READY_TIMEOUT_MS / 1000} s.`);
}
