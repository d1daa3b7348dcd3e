import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pinned } from "./cores.ts";

const ARTILLERY = join(dirname(createRequire(import.meta.url).resolve("artillery/package.json")), "bin", "run");
/** Packets are young garbage: with room for it, little of it is moved to where collecting is dear. */
const NODE_FLAGS = ["--max-semi-space-size=64"];
const KEPT_OUTPUT_CHARS = 8_000;
const GRACE_MS = 10_000;

/** The generator: Artillery in a process of its own, with a thread for each core but one. */
export class Artillery {
	readonly exited: Promise<number>;
	readonly #child: ChildProcess;
	#output = "";

	constructor(script: string, env: NodeJS.ProcessEnv) {
		const { command, args } = pinned("generator", process.execPath, [
			...NODE_FLAGS,
			ARTILLERY,
			"run",
			"--quiet",
			script,
		]);
		// A group of its own, so that Ctrl-C in a terminal reaches the run alone, which then ends it in good order.
		this.#child = spawn(command, args, {
			env: { ...env, ARTILLERY_DISABLE_TELEMETRY: "true" },
			stdio: ["ignore", "pipe", "pipe"],
			detached: true,
		});
		for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
			stream.setEncoding("utf8").on("data", (text: string) => {
				this.#output = (this.#output + text).slice(-KEPT_OUTPUT_CHARS);
			});
		}
		process.once("exit", this.#endAtOnce);
		this.exited = new Promise((resolve, reject) => {
			this.#child.once("error", reject);
			this.#child.once("close", (code) => resolve(code ?? 1));
		});
	}

	/** The last of what it said, for when it fails. */
	get output(): string {
		return this.#output.trim();
	}

	readonly #endAtOnce = () => this.#child.kill("SIGKILL");

	async stop(): Promise<void> {
		this.#child.kill("SIGTERM");
		const end = setTimeout(() => this.#child.kill("SIGKILL"), GRACE_MS);
		await this.exited.catch(() => undefined);
		clearTimeout(end);
		process.off("exit", this.#endAtOnce);
	}
}
