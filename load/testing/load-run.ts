import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TempFolder } from "../kit/temp-folder.ts";
import type { Result } from "../report/result.ts";

const LOAD = join(import.meta.dirname, "..", "load.ts");

/** A load of a few users for a few seconds. Its only goal is that nothing is lost, since a busy machine may be slow. */
export const SMALL_LOAD = "--users 6 --rooms 1 --rate 6 --duration 3 --arrivals 10 --p99 60000".split(" ");

/** A load with every kind of entry. A history page at the end has all messages of a room. */
export const SMALL_DAY = "--profile day --users 12 --members 6 --rate 10 --duration 5 --arrivals 12 --p99 60000".split(
	" ",
);

export type Ended = { code: number | null; output: string; result: Result | undefined };

/** A run of the harness in a process of its own, as a user starts it, with a folder for its temporary files. */
export class LoadRun implements Disposable {
	readonly #folder = new TempFolder("hubbub-load-test-");
	readonly temporary = this.#folder.file("tmp");
	readonly ended: Promise<Ended>;
	output = "";
	readonly #child;

	constructor(args: string[], env: Record<string, string> = {}) {
		mkdirSync(this.temporary);
		this.#child = spawn(process.execPath, [LOAD, "--report", this.#folder.file("report"), ...args], {
			env: { ...process.env, TMPDIR: this.temporary, ...env },
			stdio: ["ignore", "pipe", "pipe"],
		});
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			stream.setEncoding("utf8").on("data", (text: string) => {
				this.output += text;
			});
		}
		this.ended = new Promise((resolve) =>
			this.#child.once("close", (code) => resolve({ code, output: this.output, result: this.#result })),
		);
	}

	/** Returns the path of a file of the report. */
	file(name: string): string {
		return join(this.#folder.path, "report", name);
	}

	interrupt(): void {
		this.#child.kill("SIGINT");
	}

	[Symbol.dispose](): void {
		this.#child.kill("SIGKILL");
		this.#folder[Symbol.dispose]();
	}

	get #result(): Result | undefined {
		try {
			return JSON.parse(readFileSync(this.file("report.json"), "utf8"));
		} catch {
			return undefined;
		}
	}
}

/** Runs the harness to its end. */
export async function load(args: string[], env: Record<string, string> = {}): Promise<Ended> {
	using run = new LoadRun(args, env);
	return await run.ended;
}
