import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";
import { TempFolder } from "./temp-folder.ts";
import { becomesTrue } from "./wait-for.ts";

/** The chat's own program. */
export const CHAT_ENTRY = fileURLToPath(new URL("../../app/main.ts", import.meta.url));

/** Settings that lift the limits per user and per address, for programs that play many users. */
export const LIFTED_LIMITS = {
	LIMIT_MESSAGES_PER_S: "0",
	LIMIT_EDITS_PER_S: "0",
	LIMIT_REACTIONS_PER_S: "0",
	LIMIT_PACKETS_PER_S: "0",
	LIMIT_JOINS_PER_S: "0",
	LIMIT_REJOINS_PER_S: "0",
	LIMIT_READS_PER_S: "0",
	LIMIT_UPLOADS_PER_S: "0",
	LIMIT_DOWNLOADS_PER_S: "0",
	LIMIT_FILES_PER_DAY_BYTES: "0",
	LIMIT_SESSIONS_PER_S: "0",
	LIMIT_CONNECTIONS_PER_USER: "0",
	LIMIT_CONNECTIONS_PER_ADDRESS: "0",
};

const READY_TIMEOUT_MS = 60_000;
const PROBE_TIMEOUT_MS = 5_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 15;
const TAIL_CHARS = 8_000;

/** Settings of the calling shell that would take the server elsewhere or hide its figures. */
const NOT_INHERITED = ["HOST", "PORT", "DATABASE_PATH", "DATABASE_URL", "REDIS_URL", "METRICS_PORT", "LOG_LEVEL"];

export type ServerProcessOptions = {
	port: number;
	/** Settings, over the defaults: 127.0.0.1, production, log level `warn`, a SQLite database in the folder. */
	env?: Record<string, string | undefined>;
	/** Whether it inherits this process's environment, without the settings that name an address or a database. */
	inherit?: boolean;
	/** The program and its arguments; by default the chat, on this Node. */
	command?: readonly string[];
	/** A program that sets something up and becomes the command, such as `["ip", "netns", "exec", name]`. */
	under?: readonly string[];
	/** Where its log and its database go; by default a temporary folder, which {@link ServerProcess.stop} removes. */
	folder?: string;
	/** Where the temporary folder is created; by default in the system's folder for temporary files. */
	temporaryWithin?: string;
	/** The host of `url`, where it differs from the one that the server listens on. */
	reachedAt?: string;
	cwd?: string;
	/** Whether it has a process group of its own, so that Ctrl-C in a terminal does not reach it. */
	detached?: boolean;
	/** Whether the server can take requests; by default whether `/readyz` has the status 200. */
	isReady?: (url: string) => Promise<boolean>;
};

const running = new Set<ChildProcess>();
process.once("exit", () => {
	for (const child of running) child.kill("SIGKILL");
});

/** A server in a process of its own, which can be started again and again on one port and one database. */
export class ServerProcess implements AsyncDisposable {
	readonly url: string;
	readonly port: number;
	readonly folder: string;
	readonly databasePath: string;
	readonly #options: ServerProcessOptions;
	readonly #env: NodeJS.ProcessEnv;
	readonly #temporary: TempFolder | undefined;
	readonly #log: string;
	/** The log, once its folder is gone. */
	#kept: string | undefined;
	#child: ChildProcess | undefined;
	#failure: Error | undefined;

	constructor(options: ServerProcessOptions) {
		const { port, env = {}, inherit = true, folder, temporaryWithin, reachedAt } = options;
		this.#options = options;
		this.#temporary = folder === undefined ? new TempFolder("hubbub-server-", temporaryWithin) : undefined;
		this.folder = folder ?? this.#temporary!.path;
		this.#log = join(this.folder, "log");
		const inherited = { ...(inherit ? process.env : {}) };
		for (const name of NOT_INHERITED) delete inherited[name];
		this.#env = { ...inherited, ...env };
		const defaults = {
			HOST: "127.0.0.1",
			PORT: String(port),
			DATABASE_PATH: join(this.folder, "hubbub.db"),
			LOG_LEVEL: "warn",
			NODE_ENV: "production",
		};
		for (const [name, value] of Object.entries(defaults)) this.#env[name] ??= value;
		this.port = Number(this.#env.PORT);
		this.databasePath = this.#env.DATABASE_PATH!;
		this.url = `http://${reachedAt ?? this.#env.HOST}:${this.port}`;
	}

	/** Starts a server, by default on a free port; resolves when it is ready. */
	static async start(options: Partial<ServerProcessOptions> = {}): Promise<ServerProcess> {
		const server = new ServerProcess({ ...options, port: options.port ?? (await freePort()) });
		try {
			await server.start();
			return server;
		} catch (error) {
			await server[Symbol.asyncDispose]();
			throw error;
		}
	}

	get isRunning(): boolean {
		const child = this.#child;
		return child?.pid !== undefined && child.exitCode === null && child.signalCode === null;
	}

	get pid(): number {
		return this.#child!.pid!;
	}

	/** Creates the process and does not wait for it. */
	spawn(): void {
		const { command = [process.execPath, CHAT_ENTRY], under = [], cwd, detached = false } = this.#options;
		const [program, ...args] = [...under, ...command];
		const output = openSync(this.#log, "a");
		const child = spawn(program!, args, {
			env: this.#env,
			stdio: ["ignore", output, output],
			detached,
			...(cwd !== undefined && { cwd }),
		});
		closeSync(output);
		this.#child = child;
		running.add(child);
		child.once("exit", () => running.delete(child));
		child.once("error", (error) => {
			running.delete(child);
			this.#failure = error;
		});
	}

	/** Resolves when it is ready. Rejects with the end of its log when it exits before that or takes too long. */
	async start(): Promise<void> {
		this.spawn();
		const becameReady = await becomesTrue(
			READY_TIMEOUT_MS,
			async () => (await this.isReady()) || !this.isRunning,
			POLL_MS,
		);
		if (this.#failure !== undefined) throw this.#failure;
		if (!this.isRunning) throw new Error(`The server exited before it was ready.\n${this.tail()}`);
		if (!becameReady) throw new Error(`The server was not ready after ${READY_TIMEOUT_MS / 1_000} s.\n${this.tail()}`);
	}

	async isReady(): Promise<boolean> {
		return await (this.#options.isReady ?? answersReadyz)(this.url);
	}

	signal(signal: NodeJS.Signals): void {
		this.#child?.kill(signal);
	}

	/** Sends SIGKILL; resolves when the process is gone. Keeps the folder. */
	async kill(): Promise<void> {
		if (!this.isRunning) return;
		const exited = once(this.#child!, "exit");
		this.signal("SIGKILL");
		await exited;
	}

	/**
	 * Sends SIGTERM, and SIGKILL after `timeoutMs`. Resolves with the exit code, null when a signal ended the process, and
	 * removes the folder if it is a temporary one.
	 */
	async stop(timeoutMs = STOP_TIMEOUT_MS): Promise<number | null> {
		if (this.isRunning) {
			const exited = once(this.#child!, "exit");
			this.signal("SIGTERM");
			const timer = setTimeout(() => this.signal("SIGKILL"), timeoutMs);
			await exited;
			clearTimeout(timer);
		}
		this.#removeFolder();
		return this.#child?.exitCode ?? null;
	}

	/** Returns everything that it wrote to standard output and standard error. */
	output(): string {
		return this.#kept ?? readFileSync(this.#log, "utf8");
	}

	/** Returns the end of its output. */
	tail(): string {
		return this.output().trim().slice(-TAIL_CHARS);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.kill();
		this.#removeFolder();
	}

	#removeFolder(): void {
		if (this.#temporary === undefined || this.#kept !== undefined) return;
		this.#kept = this.#child === undefined ? "" : this.output();
		this.#temporary[Symbol.dispose]();
	}
}

async function answersReadyz(url: string): Promise<boolean> {
	const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
	const response = await fetch(`${url}/readyz`, { signal }).catch(() => undefined);
	await response?.body?.cancel().catch(() => undefined);
	return response?.status === 200;
}
