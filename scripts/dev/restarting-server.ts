import { type ChildProcess, spawn } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../root.ts";

/** Editors write a file in several steps, and several files at once. */
const SETTLE_MS = 100;

/**
 * The unbuilt server, ended and started again whenever a file of app/ changes. Not by `node --watch`: that reports what
 * a worker loads as messages of the worker, among those that the store waits for.
 */
export class RestartingServer {
	readonly #say: (line: string) => void;
	readonly #watcher = watch(join(root, "app"), { recursive: true }, (_event, file) => this.#noteChange(String(file)));
	#server: ChildProcess | undefined;
	#settling: ReturnType<typeof setTimeout> | undefined;
	#isRestarting = false;

	constructor(say: (line: string) => void) {
		this.#say = say;
		this.#start();
	}

	/** Ends it for good, after it has drained. */
	async stop(): Promise<void> {
		this.#watcher.close();
		clearTimeout(this.#settling);
		await this.#end();
	}

	#noteChange(file: string): void {
		if (!file.endsWith(".ts") || file.includes(".test.")) return;
		clearTimeout(this.#settling);
		this.#settling = setTimeout(() => void this.#restart(file), SETTLE_MS);
	}

	async #restart(file: string): Promise<void> {
		if (this.#isRestarting) return this.#noteChange(file);
		this.#isRestarting = true;
		this.#say(`app/${file.replaceAll("\\", "/")} changed: starting again`);
		await this.#end();
		this.#start();
		this.#isRestarting = false;
	}

	/** In a process group of its own: Ctrl-C reaches it once, through us, and not from the terminal as well. */
	#start(): void {
		const detached = process.platform !== "win32";
		const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
		const server = spawn(process.execPath, ["app/main.ts"], { cwd: root, detached, stdio });
		for (const input of [server.stdout, server.stderr]) createInterface({ input }).on("line", this.#say);
		server.once("exit", (code) => {
			if (code) this.#say("ended by itself: waiting for a change in app/");
		});
		this.#server = server;
	}

	async #end(): Promise<void> {
		const server = this.#server;
		if (!server || server.exitCode !== null || server.signalCode !== null) return;
		const ended = new Promise((resolve) => server.once("exit", resolve));
		server.kill("SIGTERM");
		await ended;
	}
}
