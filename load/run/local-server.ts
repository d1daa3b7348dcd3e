import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isReady, LIFTED_LIMITS, MAIN } from "../own-chat.ts";
import { RunFailed } from "../run-failed.ts";
import { pinned } from "./cores.ts";

const READY_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const KEPT_LOG_CHARS = 8_000;
const COLLECT_GARBAGE = ["--expose-gc", "--import", new URL("./collect-garbage.mjs", import.meta.url).href];

/** Settings of whoever runs this that would take the server elsewhere, or its figures out of sight. */
const NOT_INHERITED = ["DATABASE_URL", "REDIS_URL", "METRICS_PORT"];

export type LocalServerOptions = {
	/** Its LOAD_TOKEN; without one, a random one. */
	loadToken?: string;
	/** More of its environment. */
	env?: Record<string, string>;
	/** Whether its garbage is collected once a minute, so that what it holds is what it needs. */
	isCollected?: boolean;
};

/** A chat of our own: a process on this machine with a database that is thrown away. */
export class LocalServer {
	readonly url: string;
	readonly loadToken: string;
	readonly #child: ChildProcess;
	readonly #folder: string;
	readonly #exited: Promise<void>;
	#log = "";

	private constructor(port: number, folder: string, { loadToken, env, isCollected }: Required<LocalServerOptions>) {
		this.url = `http://127.0.0.1:${port}`;
		this.loadToken = loadToken;
		this.#folder = folder;
		const { command, args } = pinned("server", process.execPath, [...(isCollected ? COLLECT_GARBAGE : []), MAIN]);
		this.#child = spawn(command, args, {
			env: {
				...process.env,
				...Object.fromEntries(NOT_INHERITED.map((name) => [name, undefined])),
				...LIFTED_LIMITS,
				...env,
				PORT: String(port),
				HOST: "127.0.0.1",
				DATABASE_PATH: join(folder, "load.db"),
				LOAD_TOKEN: loadToken,
				LOG_LEVEL: "warn",
				NODE_ENV: "production",
			},
			stdio: ["ignore", "pipe", "pipe"],
			detached: true,
		});
		for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
			stream.setEncoding("utf8").on("data", (text: string) => {
				this.#log = (this.#log + text).slice(-KEPT_LOG_CHARS);
			});
		}
		process.once("exit", this.#endAtOnce);
		this.#exited = new Promise((resolve) => this.#child.once("close", () => resolve()));
	}

	static async start({
		loadToken = newSecret(),
		env = {},
		isCollected = false,
	}: LocalServerOptions = {}): Promise<LocalServer> {
		const folder = mkdtempSync(join(tmpdir(), "hubbub-load-db-"));
		const server = new LocalServer(await freePort(), folder, { loadToken, env, isCollected });
		try {
			await server.#untilReady();
			return server;
		} catch (error) {
			await server.stop();
			throw error;
		}
	}

	get pid(): number {
		return this.#child.pid!;
	}

	/** The last of what it logged, for when it fails. */
	get log(): string {
		return this.#log.trim();
	}

	/** However the run ends, be it by a fault of its own, no server and no database stay behind. */
	readonly #endAtOnce = () => {
		this.#child.kill("SIGKILL");
		rmSync(this.#folder, { recursive: true, force: true });
	};

	async stop(): Promise<void> {
		if (this.#child.exitCode === null && this.#child.signalCode === null) {
			this.#child.kill("SIGTERM");
			const end = setTimeout(() => this.#child.kill("SIGKILL"), STOP_TIMEOUT_MS);
			await this.#exited;
			clearTimeout(end);
		}
		process.off("exit", this.#endAtOnce);
		rmSync(this.#folder, { recursive: true, force: true });
	}

	async #untilReady(): Promise<void> {
		const deadline = Date.now() + READY_TIMEOUT_MS;
		while (Date.now() < deadline) {
			if (this.#child.exitCode !== null) break;
			if (await isReady(this.url)) return;
			await sleep(50);
		}
		throw new RunFailed(`The server of our own did not get ready. It said:\n${this.log}`);
	}
}

/** Long enough for a token and for a key that signs. */
export function newSecret(): string {
	return randomBytes(24).toString("hex");
}

export async function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once("error", reject).listen(0, "127.0.0.1", () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => resolve(port));
		});
	});
}
