import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pinned } from "./pinning.ts";

const GENERATOR = fileURLToPath(new URL("generator.ts", import.meta.url));
const LAZY_IMPORTS = new URL("lazy-imports.ts", import.meta.url).href;
/** Packets are young garbage. A larger young generation keeps them out of the old one, where collecting is expensive. */
const NODE_FLAGS = ["--max-semi-space-size=64"];
const KEPT_OUTPUT_CHARS = 8_000;
const STOP_TIMEOUT_MS = 10_000;

/** The generator: Artillery in a process of its own, with a thread per core but one. */
export class Artillery {
	readonly exited: Promise<number>;
	readonly #child: ChildProcess;
	#output = "";

	constructor(script: string, env: NodeJS.ProcessEnv) {
		const command = [process.execPath, ...NODE_FLAGS, "--import", LAZY_IMPORTS, GENERATOR, script];
		const [program, ...args] = pinned("generator", command);
		this.#child = spawn(program!, args, {
			env: { ...env, ARTILLERY_DISABLE_TELEMETRY: "true" },
			stdio: ["ignore", "pipe", "pipe"],
			// A process group of its own, so that Ctrl-C in a terminal reaches the run alone, which then stops the generator.
			detached: true,
		});
		for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
			stream.setEncoding("utf8").on("data", (text: string) => {
				this.#output = (this.#output + text).slice(-KEPT_OUTPUT_CHARS);
			});
		}
		process.once("exit", this.#kill);
		this.exited = new Promise((resolve, reject) => {
			this.#child.once("error", reject);
			this.#child.once("close", (code) => resolve(code ?? 1));
		});
	}

	/** The end of its output. */
	get output(): string {
		return this.#output.trim();
	}

	readonly #kill = () => this.#child.kill("SIGKILL");

	async stop(): Promise<void> {
		this.#child.kill("SIGTERM");
		const timer = setTimeout(this.#kill, STOP_TIMEOUT_MS);
		await this.exited.catch(() => undefined);
		clearTimeout(timer);
		process.off("exit", this.#kill);
	}
}
