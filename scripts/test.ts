import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./root.ts";
import { add, type Counts, NONE } from "./test/counts.ts";
import { isCi } from "./test/is-ci.ts";
import { killAll } from "./test/run-program.ts";
import { type Outcome, STAGES, type Stage } from "./test/stages.ts";

const HELP = `npm test [-- [--only STAGE[,STAGE…]] [PART OF A FILE'S PATH…]]

Runs every check and every test, fetching what they need first. The last line counts them.

Stages:
${STAGES.map(({ name, about }) => `  ${name.padEnd(8)} ${about}`).join("\n")}

Examples:
  npm test -- --only browser
  npm test -- --only node,deno app/room
`;

const { stages, filters } = readArguments();
for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
	process.once(signal, () => {
		killAll();
		process.exit(code);
	});
}

spawnSync(process.execPath, [join(root, "scripts", "build-page.ts"), "--if-stale"], { cwd: root, stdio: "inherit" });
let total = NONE;
const failing: string[] = [];
for (const stage of stages) {
	const counts = await runStage(stage);
	total = add(total, counts);
	if (counts.failed > 0) failing.push(stage.name);
}
if (failing.length > 0) console.log(`\nFailed: run again with npm test -- --only ${failing.join(",")}`);
if (total.passed + total.failed + total.skipped === 0) {
	console.log("\nNo test matched.");
	process.exitCode = 1;
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
if (total.failed > 0) process.exitCode = 1;

async function runStage(stage: Stage): Promise<Counts> {
	const started = performance.now();
	console.log(`\n▸ ${stage.name}: ${stage.about}`);
	const outcome = await stage.run(filters).catch((error: unknown): Outcome => {
		console.log(`  ${error instanceof Error ? error.message : error}`);
		return { ...NONE, failed: 1 };
	});
	const counts = "cannotRun" in outcome ? skipStage(outcome.cannotRun) : outcome;
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	console.log(`  ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s`);
	return counts;
}

/** In CI nothing may be missing: there a stage that cannot run has failed. */
function skipStage(reason: string): Counts {
	console.log(`  Cannot run here. ${reason}`);
	return isCi ? { ...NONE, failed: 1 } : { ...NONE, skipped: 1 };
}

function readArguments(): { stages: Stage[]; filters: string[] } {
	try {
		const options = { only: { type: "string", multiple: true }, help: { type: "boolean" } } as const;
		const { values, positionals } = parseArgs({ options, allowPositionals: true });
		if (values.help) {
			console.log(HELP);
			process.exit(0);
		}
		const names = values.only?.flatMap((list) => list.split(",")) ?? STAGES.map(({ name }) => name);
		const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name));
		if (unknown !== undefined) throw new Error(`There is no stage "${unknown}".`);
		return { stages: STAGES.filter(({ name }) => names.includes(name)), filters: positionals };
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
		process.exit(1);
	}
}
