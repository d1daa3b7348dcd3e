import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
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

type StartingServer = ServerProcess & {
	/** Throws, with what it said last, when the process is gone. */
	checkAlive(): void;
};

export type Program = {
	command: readonly string[];
	/** What the program is told by its environment, besides `PORT`. */
	env?: (directory: string) => Record<string, string> | Promise<Record<string, string>>;
};

const running = new Set<() => void>();
process.once("exit", () => {
	for (const end of running) end();
});

/** Starts the program on the server's core; resolves once it takes connections. */
export async function start(program: Program): Promise<ServerProcess> {
	const server = await spawnServer(program);
	try {
		await poll(server, () => takesConnections(server.port), RETRY_MS);
	} catch (error) {
		await server.kill();
		throw error;
	}
	return server;
}

/** Resolves when the process has been made. */
async function spawnServer({ command, env }: Program): Promise<StartingServer> {
	const port = await freePort();
	const directory = mkdtempSync(join(REPORTS_DIR, "server-"));
	const told = await env?.(directory);
	const log = join(directory, "log");
	const output = openSync(log, "w");
	const [file, ...args] = onServerCore(command);
	const child = spawn(file!, args, {
		stdio: ["ignore", output, output],
		env: { ...process.env, NODE_ENV: "production", PORT: String(port), ...told },
	});
	closeSync(output);
	const end = () => {
		child.kill("SIGKILL");
		rmSync(directory, { recursive: true, force: true });
	};
	running.add(end);
	await once(child, "spawn");

	return {
		pid: child.pid!,
		port,
		async kill() {
			if (isRunning(child)) {
				const exit = once(child, "exit");
				child.kill("SIGKILL");
				await exit;
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
		checkAlive() {
			if (isRunning(child)) return;
			const said = readFileSync(log, "utf8").trim().slice(-LOG_TAIL_CHARS);
			throw new Error(`${command.join(" ")} ended before it took connections.${said && `\n${said}`}`);
		},
	};
}

/** Resolves when `ready` says so, asked again and again; rejects when the server is gone or takes too long. */
async function poll(server: StartingServer, ready: () => Promise<boolean>, retryMs: number): Promise<void> {
	const deadline = performance.now() + START_TIMEOUT_MS;
	while (!(await ready())) {
		server.checkAlive();
		if (performance.now() > deadline) throw new Error(`A server was not ready within ${START_TIMEOUT_MS / 1_000} s.`);
		await sleep(retryMs);
	}
}

function isRunning(child: ChildProcess): boolean {
	return child.exitCode === null && child.signalCode === null;
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
