import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../root.ts";
import { add, type Counts, NONE } from "./counts.ts";
import { groupsOf } from "./groups.ts";
import { resultsFromJunit } from "./junit.ts";
import { runProgram } from "./run-program.ts";
import { noteFailure, print } from "./stage-context.ts";

type DenoSuite = {
	deno: string;
	files: string[];
	/** Groups of files that run side by side. */
	groups: number;
	/** The cores that a group keeps busy; 1 by default. */
	share?: number;
	deadlineMs: number;
	env?: Record<string, string>;
};

/**
 * Runs the server's suites with `deno task test`, the command of deno.json. Prints its output if a test failed. The files of a
 * group are imported by one file, because Deno loads the server's source for each file again.
 */
export async function runDenoSuite(suite: DenoSuite): Promise<Counts> {
	const runs = groupsOf(suite.files, suite.groups).map((files) => runFiles(suite, files));
	return (await Promise.all(runs)).reduce(add, NONE);
}

async function runFiles({ deno, deadlineMs, share = 1, env }: DenoSuite, files: string[]): Promise<Counts> {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-test-"));
	const report = join(folder, "junit.xml");
	const group = join(folder, "group.test.ts");
	writeFileSync(group, files.map((file) => `import "${pathToFileURL(join(root, file))}";\n`).join(""));
	try {
		const run = await runProgram(deno, ["task", "test", `--junit-path=${report}`, group], {
			deadlineMs,
			share,
			env: { ...env, NO_COLOR: "1" },
		});
		const { counts, failedFiles } = resultsFromJunit(existsSync(report) ? readFileSync(report, "utf8") : "");
		for (const file of failedFiles) noteFailure({ file });
		if (run.code === 0 && !run.timedOut) return counts;
		if (run.timedOut) print(`\n  Stopped after ${deadlineMs / 1_000} seconds.`);
		print(run.output.slice(Math.max(0, run.output.indexOf(" ERRORS "))));
		// What did not run has failed too, and no test stands for it.
		return { ...counts, failed: run.timedOut ? counts.failed + 1 : Math.max(1, counts.failed) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
