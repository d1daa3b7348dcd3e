import { join } from "node:path";
import { root } from "../root.ts";
import { add, type Counts, NONE } from "../test/counts.ts";
import { runProgram } from "../test/run-program.ts";
import { checkShipped, type Finding, tellOfHarness } from "./advisories/check-advisories.ts";
import { findForbiddenImports } from "./check-imports.ts";
import { findLongFiles } from "./check-lengths.ts";
import { findDeadLinks } from "./dead-links.ts";
import { checkLoadTypes, LOAD_FOLDERS, whyNotLoadTypes } from "./load-types.ts";
import { checkSettings, writeSettings } from "./settings-table.ts";

const DEADLINE_MS = 120_000;

type Check = {
	about: string;
	/** What is wrong, nothing when all is well; where that is not all there is to say, with a note. */
	run(): Promise<string[] | Finding>;
	/** Why it is left to a later stage of `npm test`; undefined when it runs. */
	whyLater?(): string | undefined;
};

const CHECKS: Check[] = [
	{ about: "types", run: () => runTool("typescript/bin/tsc", "-p", ".") },
	{
		about: "types of the load harness",
		run: () => checkLoadTypes(root),
		whyLater: () => whyNotLoadTypes(root),
	},
	{ about: "lint and format", run: () => runTool("@biomejs/biome/bin/biome", "check", "--colors=off") },
	{ about: "imports", run: async () => findForbiddenImports(root) },
	{ about: "lengths", run: async () => findLongFiles(root) },
	{ about: "the README's settings", run: async () => checkSettings(root) },
	{ about: "links in the documents", run: async () => findDeadLinks(root) },
	{ about: "advisories on what is shipped", run: () => checkShipped(root) },
	...LOAD_FOLDERS.map((folder) => ({
		about: `advisories on ${folder}/, which is not`,
		run: () => tellOfHarness(root, folder),
	})),
	{ about: "page, within its budget", run: () => runNode(join(root, "scripts/build-page.ts")) },
];

/** Puts right what a program can: format, the order of imports, the README's table. */
export async function fixWhatCanBe(): Promise<void> {
	writeSettings(root);
	await runTool("@biomejs/biome/bin/biome", "check", "--write");
}

/** Runs every check, prints each with what is wrong, and counts them. */
export async function runChecks(): Promise<Counts> {
	let total = NONE;
	for (const { about, run, whyLater } of CHECKS) {
		const later = whyLater?.();
		if (later !== undefined) {
			console.log(`  – ${about}: ${later}`);
			continue;
		}
		const found = await run().catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
		const { problems, note, isUnchecked }: Finding = Array.isArray(found) ? { problems: found, note: "" } : found;
		const mark = isUnchecked ? "–" : problems.length === 0 ? "✔" : "✖";
		console.log(`  ${mark} ${about}${note && `: ${note}`}`);
		for (const problem of problems) console.log(problem.replace(/^/gm, "    "));
		if (isUnchecked) continue;
		total = add(total, problems.length === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 });
	}
	return total;
}

function runTool(tool: string, ...args: string[]): Promise<string[]> {
	return runNode(join(root, "node_modules", tool), ...args);
}

async function runNode(...args: string[]): Promise<string[]> {
	const { code, output } = await runProgram(process.execPath, args, { deadlineMs: DEADLINE_MS });
	return code === 0 ? [] : [output.trim() || `It ended with ${code}.`];
}
