import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Result } from "../report/result.ts";

const RUN = join(import.meta.dirname, "..", "run.ts");

/** A load of a few people for a few seconds, whose only goal is that nothing is lost: a busy machine may be slow. */
export const SMALL_LOAD = "--users 6 --rooms 1 --rate 6 --duration 3 --arrivals 10 --p99 60000".split(" ");

export type Ended = { code: number | null; output: string; result: Result | undefined };

/** A run of the harness as a user starts it, in a process of its own with a folder for its temporary files. */
export class LoadRun implements Disposable {
	readonly folder = mkdtempSync(join(tmpdir(), "hubbub-load-test-"));
	readonly temporary = mkdtempSync(join(this.folder, "tmp-"));
	readonly ended: Promise<Ended>;
	output = "";
	readonly #child;

	constructor(args: string[], env: Record<string, string> = {}) {
		const report = join(this.folder, "report");
		this.#child = spawn(process.execPath, [RUN, "--report", report, ...args], {
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

	file(name: string): string {
		return join(this.folder, "report", name);
	}

	interrupt(): void {
		this.#child.kill("SIGINT");
	}

	[Symbol.dispose](): void {
		this.#child.kill("SIGKILL");
		rmSync(this.folder, { recursive: true, force: true });
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
