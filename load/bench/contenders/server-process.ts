import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onServerCore } from "../measure/pinning.ts";
import { REPORTS_DIR } from "../report/directory.ts";

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 15_000;
const RETRY_MS = 10;
const LOG_TAIL_CHARS = 2_000;

/** A server that listens on a port of its own, in a directory of its own. */
export type ServerProcess = {
	pid: number;
	port: number;
	/** Ends it at once, and forgets its directory. */
	kill(): Promise<void>;
	/** Asks it to end, so that it can write what it has to; its directory stays until {@link kill}. */
	finish(): Promise<void>;
};

export type Program = {
	command: readonly string[];
	/** What the program is told by its environment, besides `PORT`. */
	env?: (directory: string) => Record<string, string>;
};

const running = new Set<() => void>();
process.once("exit", () => {
	for (const end of running) end();
});

/** Starts the program on the server's core; resolves once it takes connections. */
export async function start({ command, env }: Program): Promise<ServerProcess> {
	const port = await freePort();
	const directory = mkdtempSync(join(REPORTS_DIR, "server-"));
	const log = join(directory, "log");
	const output = openSync(log, "w");
	const [file, ...args] = onServerCore(command);
	const child = spawn(file!, args, {
		stdio: ["ignore", output, output],
		env: { ...process.env, NODE_ENV: "production", PORT: String(port), ...env?.(directory) },
	});
	const end = () => {
		child.kill("SIGKILL");
		rmSync(directory, { recursive: true, force: true });
	};
	running.add(end);
	const server = {
		pid: child.pid!,
		port,
		async kill() {
			if (isRunning(child)) {
				child.kill("SIGKILL");
				await once(child, "exit");
			}
			end();
			running.delete(end);
		},
		async finish() {
			if (!isRunning(child)) return;
			const exit = once(child, "exit");
			child.kill("SIGTERM");
			await Promise.race([exit, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
		},
	};
	try {
		await untilListening(child, port);
	} catch (error) {
		const said = readFileSync(log, "utf8").trim().slice(-LOG_TAIL_CHARS);
		await server.kill();
		throw new Error(`${command.join(" ")}: ${(error as Error).message}${said && `\n${said}`}`);
	}
	return server;
}

function isRunning(child: ChildProcess): boolean {
	return child.exitCode === null && child.signalCode === null;
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
	const deadline = performance.now() + START_TIMEOUT_MS;
	const failed = once(child, "error");
	failed.catch(() => {});
	while (!(await takesConnections(port))) {
		if (!isRunning(child)) throw new Error("it ended before it took connections.");
		if (performance.now() > deadline) throw new Error(`it took no connection within ${START_TIMEOUT_MS / 1_000} s.`);
		await sleep(RETRY_MS);
	}
}

function takesConnections(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1");
		socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
		socket.once("connect", () => socket.destroy());
	});
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, "127.0.0.1");
	await once(probe, "listening");
	const { port } = probe.address() as { port: number };
	probe.close();
	await once(probe, "close");
	return port;
}
