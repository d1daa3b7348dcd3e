import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Counts, NONE } from "./counts.ts";
import { countsFromJunit } from "./junit.ts";
import { runProgram } from "./run-program.ts";

/** Runs the server's suites by `deno task test`, the command of deno.json; its output is shown when something failed. */
export async function runDenoSuite(
	deno: string,
	files: string[],
	deadlineMs: number,
	env: Record<string, string> = {},
): Promise<Counts> {
	if (files.length === 0) return NONE;
	const folder = mkdtempSync(join(tmpdir(), "hubbub-test-"));
	const report = join(folder, "junit.xml");
	try {
		const run = await runProgram(deno, ["task", "test", `--junit-path=${report}`, ...files], {
			deadlineMs,
			env: { ...env, NO_COLOR: "1" },
		});
		const counts = existsSync(report) ? countsFromJunit(readFileSync(report, "utf8")) : NONE;
		if (run.code === 0 && !run.timedOut) return counts;
		if (run.timedOut) console.log(`\n  Stopped after ${deadlineMs / 1_000} seconds.`);
		console.log(run.output.slice(Math.max(0, run.output.indexOf(" ERRORS "))));
		return { ...counts, failed: Math.max(1, counts.failed) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
