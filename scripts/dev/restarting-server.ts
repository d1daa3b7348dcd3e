import { type ChildProcess, spawn } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../root.ts";

/** Editors write a file in several steps, or several files at once. */
const SETTLE_MS = 100;

/**
 * Runs the server from its sources, and restarts it when a file of app/ changes. `node --watch` does not work here: it sends
 * the files that a worker loads as messages of the worker, which the store does not expect.
 */
export class RestartingServer {
	readonly #print: (line: string) => void;
	readonly #watcher = watch(join(root, "app"), { recursive: true }, (_event, file) => this.#noteChange(String(file)));
	#server: ChildProcess | undefined;
	#settling: ReturnType<typeof setTimeout> | undefined;
	#isRestarting = false;

	constructor(print: (line: string) => void) {
		this.#print = print;
		this.#start();
	}

	/** Stops watching, and stops the server after it has drained. */
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
		this.#print(`app/${file.replaceAll("\\", "/")} changed: restarting`);
		await this.#end();
		this.#start();
		this.#isRestarting = false;
	}

	/** Its own process group keeps the SIGINT of a terminal away from it; this process stops it. */
	#start(): void {
		const detached = process.platform !== "win32";
		const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
		const server = spawn(process.execPath, ["app/main.ts"], { cwd: root, detached, stdio });
		for (const input of [server.stdout, server.stderr]) createInterface({ input }).on("line", this.#print);
		server.once("exit", (code) => {
			if (code) this.#print("exited: waiting for a change in app/");
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
