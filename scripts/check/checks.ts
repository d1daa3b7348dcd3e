import { join } from "node:path";
import { root } from "../root.ts";
import { add, type Counts, NONE } from "../test/counts.ts";
import { print } from "../test/stage-context.ts";
import { npmAudit } from "./audit.ts";
import { findLongFiles } from "./check-lengths.ts";
import { findDeadLinks } from "./dead-links.ts";
import { findForbiddenImports } from "./import-rules.ts";
import { checkLoadTypes, LOAD_FOLDERS, whyNotLoadTypes } from "./load-types.ts";
import { findPrivateFields } from "./private-fields.ts";
import { runNode, runTool } from "./run-tool.ts";
import { checkSettings, writeSettings } from "./settings-page.ts";
import { findRetiredWords } from "./words.ts";

export type CheckResult = {
	/** One sentence per problem; a check without problems has passed. */
	problems: string[];
	/** Printed after the name of the check. */
	note: string;
	/** The check could not be made here: it counts neither as passed nor as failed. */
	isSkipped?: true;
};

type Check = {
	about: string;
	run(): Promise<string[] | CheckResult>;
	/** Returns why a later stage of `npm test` makes this check, or undefined if it is made now. */
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
	{ about: "private fields of ws and engine.io", run: async () => findPrivateFields(root) },
	{ about: "file lengths", run: async () => findLongFiles(root) },
	{ about: "words", run: async () => findRetiredWords(root) },
	{ about: "the page of settings", run: async () => checkSettings(root) },
	{ about: "links in the documents", run: async () => findDeadLinks(root) },
	{ about: "npm audit of the shipped packages", run: () => checkShipped(root) },
	...LOAD_FOLDERS.map((folder) => ({ about: `npm audit of ${folder}/`, run: () => checkHarness(root, folder) })),
	{ about: "size of the page", run: () => runNode(join(root, "scripts/build-page.ts"), "--weigh") },
];

/** Fixes the format, the order of imports and the page of settings. */
export async function fixWhatCanBe(): Promise<void> {
	writeSettings(root);
	await runTool("@biomejs/biome/bin/biome", "check", "--write");
}

/** Runs every check, prints the result of each, and counts them. */
export async function runChecks(): Promise<Counts> {
	let total = NONE;
	for (const { about, run, whyLater } of CHECKS) {
		const later = whyLater?.();
		if (later !== undefined) {
			print(`  – ${about}: ${later}`);
			continue;
		}
		const result = await run().catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
		const { problems, note, isSkipped }: CheckResult = Array.isArray(result) ? { problems: result, note: "" } : result;
		const mark = isSkipped ? "–" : problems.length === 0 ? "✔" : "✖";
		print(`  ${mark} ${about}${note && `: ${note}`}`);
		for (const problem of problems) print(problem.replace(/^/gm, "    "));
		if (isSkipped) continue;
		total = add(total, problems.length === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 });
	}
	return total;
}

/** Advisories on the packages that the server ships. */
export async function checkShipped(folder: string, env?: Record<string, string>): Promise<CheckResult> {
	const report = await npmAudit(folder, env);
	return "unavailable" in report ? skipped(report.unavailable) : { problems: report.vulnerable, note: "" };
}

/** Advisories on the packages of the load harness. They are not shipped, so an advisory is a note and not a problem. */
export async function checkHarness(root: string, folder: string, env?: Record<string, string>): Promise<CheckResult> {
	const report = await npmAudit(join(root, folder), env);
	if ("unavailable" in report) return skipped(report.unavailable);
	const { length } = report.vulnerable;
	if (length === 0) return { problems: [], note: "" };
	const count = `${length} ${length === 1 ? "advisory" : "advisories"}`;
	return { problems: [], note: `${count}, on packages that are not shipped:\n${report.vulnerable.join("\n")}` };
}

function skipped(reason: string): CheckResult {
	return { problems: [], note: `skipped: the registry offers no audits (${reason})`, isSkipped: true };
}
