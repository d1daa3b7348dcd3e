import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { freePort } from "../../../../load/kit/free-port.ts";
import { commandFor, owner } from "./programs.ts";

const USER = "hubbub";
const MAX_STARTS = 20;

/** A PostgreSQL server on a free port with its data in a temporary folder. It ends with this process at the latest. */
export class PostgresServer {
	readonly #folder: string;
	#port = 0;
	#child: ChildProcess | undefined;
	#databases = 0;
	#isDisposed = false;

	private constructor(folder: string) {
		this.#folder = folder;
		process.once("exit", () => {
			if (this.#isDisposed) return;
			this.#child?.kill("SIGQUIT");
			rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
		});
	}

	static async start(): Promise<PostgresServer> {
		const folder = mkdtempSync(join(tmpdir(), "hubbub-postgres-"));
		const [uid, gid] = owner() ?? [];
		if (uid !== undefined) chownSync(folder, uid, gid!);
		const args = ["--pgdata", folder, "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"];
		const { status, stderr, error } = spawnSync(...commandFor("initdb", args), { encoding: "utf8", cwd: folder });
		if (status !== 0) throw new Error(`initdb failed: ${stderr || error?.message}`);
		const server = new PostgresServer(folder);
		await server.resume();
		return server;
	}

	/** Starts it again, on the same port as before. */
	async resume(): Promise<void> {
		let output = "";
		// A port may be taken right after it was found free, and a killed server's resources may be in use briefly.
		for (let tries = 1; tries <= MAX_STARTS; tries++) {
			this.#port ||= await freePort();
			output = await this.#startOnce();
			if (this.#child) return;
			if (/Address already in use/.test(output)) this.#port = this.#databases === 0 ? 0 : this.#port;
			await new Promise((next) => setTimeout(next, 100));
		}
		throw new Error(`PostgreSQL did not start:\n${output}`);
	}

	/** Stops it: SIGINT is an orderly shutdown, SIGQUIT is like a crash. */
	async stop(signal: "SIGINT" | "SIGQUIT" = "SIGQUIT"): Promise<void> {
		const child = this.#child;
		if (!child) return;
		this.#child = undefined;
		const exited = once(child, "exit");
		child.kill(signal);
		await exited;
	}

	/** Stops it and lets another process remove its folder, which takes minutes where tests have made a hundred databases. */
	async dispose(): Promise<void> {
		await this.stop();
		this.#isDisposed = true;
		spawn("rm", ["-rf", this.#folder], { detached: true, stdio: "ignore" }).unref();
	}

	/** Creates an empty database and returns its URL. */
	async createDatabase(options = ""): Promise<string> {
		const name = `test_${++this.#databases}`;
		await this.query(this.urlOf("postgres"), `CREATE DATABASE ${name} ${options}`);
		return this.urlOf(name);
	}

	urlOf(database: string, user = USER): string {
		return `postgres://${user}@127.0.0.1:${this.#port}/${database}`;
	}

	/** Runs a statement on a connection of its own and returns the rows. */
	async query(url: string, sql: string): Promise<Record<string, unknown>[]> {
		const client = new pg.Client({ connectionString: url });
		await client.connect();
		try {
			return (await client.query(sql)).rows;
		} finally {
			await client.end();
		}
	}

	/** Resolves with its output when it is ready or has ended. */
	async #startOnce(): Promise<string> {
		const settings = [`port=${this.#port}`, "listen_addresses=127.0.0.1", "unix_socket_directories="];
		const args = ["-D", this.#folder, ...settings.flatMap((setting) => ["-c", setting])];
		const child = spawn(...commandFor("postgres", args), { cwd: this.#folder, stdio: ["ignore", "ignore", "pipe"] });
		let output = "";
		const lines = createInterface({ input: child.stderr });
		await new Promise<void>((resolve, reject) => {
			child.once("error", reject);
			lines.once("close", resolve);
			lines.on("line", (line) => {
				output += `${line}\n`;
				if (!/ready to accept connections/.test(line)) return;
				this.#child = child;
				resolve();
			});
		});
		return output;
	}
}
