import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../../../load/kit/free-port.ts";

const MAX_STARTS = 10;
/** More databases than a run has tests. An empty one costs about a kilobyte. */
const DATABASES = 1_024;

/** A Redis (or a Valkey: REDIS names the program) on a free port. It ends with this process at the latest. */
export class RedisServer {
	readonly #folder = mkdtempSync(join(tmpdir(), "hubbub-redis-"));
	#port = 0;
	#child: ChildProcess | undefined;

	private constructor() {
		process.once("exit", () => {
			this.#child?.kill("SIGKILL");
			rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
		});
	}

	static async start(): Promise<RedisServer> {
		const server = new RedisServer();
		await server.resume();
		return server;
	}

	/** Returns the URL of a database. Databases share neither people nor channels. */
	url(database = 0): string {
		return `redis://127.0.0.1:${this.#port}/${database}`;
	}

	/** Starts it on the same port as before, without its former data. */
	async resume(): Promise<void> {
		for (let tries = 1; tries <= MAX_STARTS; tries++) {
			this.#port ||= await freePort();
			if (await this.#startOnce()) return;
			// Another program took the port after it was found free.
			if (tries < MAX_STARTS / 2) this.#port = 0;
			await new Promise((next) => setTimeout(next, 200));
		}
		throw new Error("redis-server did not start. Install Redis or Valkey, or set REDIS to the path of its server.");
	}

	signal(signal: NodeJS.Signals): void {
		// Deno treats a child as dead after any signal that it sent.
		if (this.#child?.pid) process.kill(this.#child.pid, signal);
	}

	async kill(): Promise<void> {
		const child = this.#child;
		if (!child) return;
		this.#child = undefined;
		const exited = once(child, "exit");
		child.kill("SIGKILL");
		await exited;
	}

	async dispose(): Promise<void> {
		await this.kill();
		rmSync(this.#folder, { recursive: true, force: true });
	}

	/** Whether it accepts connections. */
	async #startOnce(): Promise<boolean> {
		const program = process.env.REDIS ?? "redis-server";
		const settings = {
			port: this.#port,
			bind: "127.0.0.1",
			dir: this.#folder,
			save: "",
			appendonly: "no",
			databases: DATABASES,
		};
		const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
		const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
		const lines = createInterface({ input: child.stdout });
		return new Promise((resolve, reject) => {
			child.once("error", reject);
			lines.once("close", () => resolve(false));
			lines.on("line", (line) => {
				if (!/Ready to accept connections/i.test(line)) return;
				this.#child = child;
				resolve(true);
			});
		});
	}
}
