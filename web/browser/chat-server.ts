import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../app/main.ts", import.meta.url));

/** People in tests are faster than people, and all of them come from one address. */
const UNLIMITED = {
	LIMIT_MESSAGES_PER_S: "0",
	LIMIT_PACKETS_PER_S: "0",
	LIMIT_JOINS_PER_S: "0",
	LIMIT_READS_PER_S: "0",
	LIMIT_SESSIONS_PER_S: "0",
};

/** The real server as a process of its own, which can be killed, on a database in a folder of its own. */
export class ChatServer {
	/** Where it is; the same after a {@link restart}. */
	url = "";
	readonly #folder: string;
	readonly #env: Record<string, string>;
	#process: ChildProcess | undefined;

	private constructor(folder: string, env: Record<string, string>) {
		this.#folder = folder;
		this.#env = env;
	}

	/** @param env settings, as an operator would make them */
	static async start(env: Record<string, string> = {}): Promise<ChatServer> {
		const server = new ChatServer(await mkdtemp(join(tmpdir(), "hubbub-browser-")), env);
		await server.#run("0");
		return server;
	}

	/** As a power cut does it. */
	async kill(): Promise<void> {
		const running = this.#process;
		if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
		running.kill("SIGKILL");
		await once(running, "exit");
	}

	/** On the same port, with the same database. */
	async restart(): Promise<void> {
		await this.kill();
		await this.#run(new URL(this.url).port);
	}

	async stop(): Promise<void> {
		await this.kill();
		await rm(this.#folder, { recursive: true, force: true });
	}

	async #run(port: string): Promise<void> {
		const running = spawn(process.execPath, [MAIN], {
			env: {
				PATH: process.env.PATH,
				...UNLIMITED,
				...this.#env,
				HOST: "127.0.0.1",
				PORT: port,
				DATABASE_PATH: join(this.#folder, "hubbub.db"),
				LOG_LEVEL: "info",
			},
			stdio: ["ignore", "pipe", "inherit"],
		});
		this.#process = running;
		const lines = createInterface(running.stdout);
		for await (const line of lines) {
			const { msg, port: taken } = JSON.parse(line) as { msg: string; port: number };
			if (msg !== "listening") continue;
			this.url = `http://127.0.0.1:${taken}`;
			// Read on, or the process stops at a full pipe.
			running.stdout.resume();
			return;
		}
		if (running.exitCode === null && running.signalCode === null) await once(running, "exit");
		throw new Error(`The server ended before it listened: exit code ${running.exitCode}. What it said stands above.`);
	}
}
