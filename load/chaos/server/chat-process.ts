import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isReady, LIFTED_LIMITS, MAIN } from "../../own-chat.ts";
import { integrityOf, readStore } from "../check/read-store.ts";
import type { Stored } from "../check/record.ts";
import type { ChatUnderTest } from "./chat-under-test.ts";

const READY_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 30_000;
const POLL_MS = 15;
const LOG_TAIL_CHARS = 2_000;

export type ChatProcessOptions = {
	/** For its log, and for its database unless `databasePath` says otherwise. */
	folder: string;
	port: number;
	/** Where it listens, and where it is reached if that is another address. */
	host?: string;
	at?: string;
	databasePath?: string;
	/** Another program than the chat's own. */
	entry?: string;
	/** What the command is started by, such as `ip netns exec name`. It has to become the command. */
	by?: readonly string[];
	env?: Record<string, string>;
};

/** The real server as a process of its own, started again and again on one port and one database. */
export class ChatProcess implements ChatUnderTest {
	readonly url: string;
	readonly databasePath: string;
	readonly #options: ChatProcessOptions;
	readonly #log: string;
	#child: ChildProcess | undefined;

	constructor(options: ChatProcessOptions) {
		this.#options = options;
		this.url = `http://${options.at ?? options.host ?? "127.0.0.1"}:${options.port}`;
		this.databasePath = options.databasePath ?? join(options.folder, "hubbub.db");
		this.#log = join(options.folder, "log");
	}

	get isRunning(): boolean {
		return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
	}

	get pid(): number {
		return this.#child!.pid!;
	}

	/** Makes the process and does not wait for it. */
	spawn(): void {
		const { port, host = "127.0.0.1", entry = MAIN, by = [], env } = this.#options;
		const [program, ...args] = [...by, process.execPath, entry];
		const output = openSync(this.#log, "a");
		this.#child = spawn(program!, args, {
			stdio: ["ignore", output, output],
			env: {
				...process.env,
				...LIFTED_LIMITS,
				NODE_ENV: "production",
				HOST: host,
				PORT: String(port),
				DATABASE_PATH: this.databasePath,
				LOG_LEVEL: "warn",
				...env,
			},
		});
		closeSync(output);
	}

	/** Resolves when it can serve. Rejects, with what it said last, when it ends before that or takes too long. */
	async start(): Promise<void> {
		this.spawn();
		const deadline = performance.now() + READY_TIMEOUT_MS;
		while (!(await this.isReady())) {
			if (!this.isRunning) throw new Error(`The server ended before it was ready.\n${this.said()}`);
			if (performance.now() > deadline) throw new Error(`The server was not ready after ${READY_TIMEOUT_MS} ms.`);
			await sleep(POLL_MS);
		}
	}

	isReady(): Promise<boolean> {
		return isReady(this.url);
	}

	signal(signal: NodeJS.Signals): void {
		this.#child?.kill(signal);
	}

	/** kill -9; resolves when it is gone. */
	async kill(): Promise<void> {
		if (!this.isRunning) return;
		const gone = once(this.#child!, "exit");
		this.signal("SIGKILL");
		await gone;
	}

	/** SIGTERM; its exit code, or null if it had to be killed. */
	async end(): Promise<number | null> {
		const child = this.#child;
		if (!child || !this.isRunning) return child?.exitCode ?? null;
		const gone = once(child, "exit");
		child.kill("SIGTERM");
		const timer = setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MS);
		await gone;
		clearTimeout(timer);
		return child.exitCode;
	}

	integrity(): string {
		return integrityOf(this.databasePath);
	}

	stored(): Map<string, Stored[]> {
		return readStore(this.databasePath);
	}

	/** What it wrote last. */
	said(): string {
		return readFileSync(this.#log, "utf8").trim().slice(-LOG_TAIL_CHARS);
	}
}
