import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./root.ts";
import { add, type Counts, NONE } from "./test/counts.ts";
import { isCi } from "./test/is-ci.ts";
import { killAll } from "./test/run-program.ts";
import { canRunAgain, type Failure, failedOnly } from "./test/second-attempt.ts";
import { changesSince, matching, reachedBy, type Selection } from "./test/selection.ts";
import { slowestTests } from "./test/slowest.ts";
import { inStage, print } from "./test/stage-context.ts";
import { installLoadPackages, type Outcome, STAGES, type Stage } from "./test/stages.ts";

const HELP = `npm test [-- [--only STAGE[,STAGE…]] [--changed [REVISION]] [--slowest] [PART OF A FILE'S PATH…]]

Runs every check and every test, fetching what they need first. The last line counts them. If few tests fail, their files
run once more when all else has ended, because a busy machine can make a test fail that waits; the last line says how many
passed only then. Rows of npm run chaos have one attempt.

  --only     these stages only
  --changed  the tests that a change can reach: files that differ from REVISION, or else from where the branch left main,
             with what is not committed. A file reaches the tests that import it or name it, directly or through others.
  --slowest  the tests on Node that took longest, at the end

Stages, which run side by side:
${STAGES.map(({ name, about }) => `  ${name.padEnd(8)} ${about}`).join("\n")}

Examples:
  npm test -- --only browser
  npm test -- --only node,deno app/room
  npm test -- --changed
  npm test -- --changed=HEAD~3 --only node
`;

/** How many tests --slowest prints. */
const SLOWEST = 30;

/** The output of the running stages. */
const unfinished = new Set<string[]>();

const { stages, selection, slowest } = readArguments();
for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
	process.once(signal, () => {
		killAll();
		for (const lines of unfinished) console.log(lines.join("\n"));
		process.exit(code);
	});
}

spawnSync(process.execPath, [join(root, "scripts", "build-page.ts"), "--if-stale"], { cwd: root, stdio: "inherit" });
if (stages.some(({ usesLoadPackages }) => usesLoadPackages)) await installLoadPackages();
const first = await Promise.all(stages.map((stage, order) => runStage(stage, order, selection)));
const counts: Counts[] = [];
let passedLater = 0;
for (const [order, stage] of stages.entries()) {
	const { counts: before, failures } = first[order]!;
	const isRepeated = canRunAgain(failures, before.failed) && (await passesAgain(stage, order, failures));
	counts.push(isRepeated ? { ...before, passed: before.passed + before.failed, failed: 0 } : before);
	if (isRepeated) passedLater += before.failed;
}
const total = counts.reduce(add, NONE);
const failing = stages.filter((_, index) => counts[index]!.failed > 0).map(({ name }) => name);
if (slowest) console.log(`\nThe slowest tests:\n${slowestTests(SLOWEST).join("\n")}`);
if (failing.length > 0) console.log(`\nFailed: run again with npm test -- --only ${failing.join(",")}`);
if (total.passed + total.failed + total.skipped === 0) {
	console.log("\nNo test matched.");
	process.exitCode = 1;
}
const atSecondAttempt = passedLater > 0 ? `; ${passedLater} passed only at the second attempt` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped${atSecondAttempt}`);
if (total.failed > 0) process.exitCode = 1;

/** Runs a stage beside the others. Prints its output as a whole when it ends, or at once if it is the only stage. */
async function runStage(
	stage: Stage,
	order: number,
	selected: Selection,
): Promise<{ counts: Counts; failures: Failure[] }> {
	const failures: Failure[] = [];
	const started = performance.now();
	const lines = [`\n▸ ${stage.name}: ${stage.about}`];
	const isOnly = stages.length === 1;
	if (isOnly) console.log(lines[0]);
	else unfinished.add(lines);
	const printLine = (text: string) => (isOnly ? console.log(text) : lines.push(text));
	return await inStage({ order, print: printLine, failures }, async () => {
		const outcome = await stage.run(selected).catch((error: unknown): Outcome => {
			print(`  ${error instanceof Error ? error.message : error}`);
			return { ...NONE, failed: 1 };
		});
		const counts = "cannotRun" in outcome ? skipStage(outcome.cannotRun) : outcome;
		const seconds = ((performance.now() - started) / 1000).toFixed(1);
		print(`  ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s`);
		if (unfinished.delete(lines)) console.log(lines.join("\n"));
		return { counts, failures };
	});
}

/**
 * Runs the files and rows of these failures again, when nothing else runs: a test that waits can fail because the machine was
 * busy. Returns whether all passed.
 */
async function passesAgain(stage: Stage, order: number, failures: readonly Failure[]): Promise<boolean> {
	console.log(`\nAgain, alone: ${[...new Set(failures.map(({ file, row }) => row ?? file))].join(", ")}`);
	const { counts } = await runStage(stage, order, failedOnly(root, failures));
	return counts.passed > 0 && counts.failed === 0 && counts.skipped === 0;
}

/** A stage that can't run is skipped. In CI it has failed, because nothing may be missing there. */
function skipStage(reason: string): Counts {
	print(`  Cannot run here. ${reason}`);
	return isCi ? { ...NONE, failed: 1 } : { ...NONE, skipped: 1 };
}

function readArguments(): { stages: Stage[]; selection: Selection; slowest: boolean } {
	try {
		const options = {
			only: { type: "string", multiple: true },
			changed: { type: "string" },
			slowest: { type: "boolean", default: false },
			help: { type: "boolean" },
		} as const;
		// parseArgs has no option whose value may be left out.
		const args = process.argv.slice(2).map((arg) => (arg === "--changed" ? "--changed=" : arg));
		const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
		if (values.help) {
			console.log(HELP);
			process.exit(0);
		}
		const names = values.only?.flatMap((list) => list.split(",")) ?? STAGES.map(({ name }) => name);
		const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name));
		if (unknown !== undefined) throw new Error(`There is no stage "${unknown}".`);
		const stages = STAGES.filter(({ name }) => names.includes(name));
		if (values.changed === undefined) return { stages, selection: matching(positionals), slowest: values.slowest };
		const { files, changed } = changesSince(root, values.changed || positionals[0]);
		console.log(`Changed: ${changed.join(", ") || "nothing"}`);
		return { stages, selection: reachedBy(root, files, changed), slowest: values.slowest };
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
		process.exit(1);
	}
}
