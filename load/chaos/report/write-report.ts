import { mkdirSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Options } from "../run/options.ts";
import { writeMarkdown } from "./markdown.ts";
import type { Result } from "./result.ts";

const REPORTS_DIR = fileURLToPath(new URL("../../../reports/", import.meta.url));

/** Writes the table and its data under reports/; answers their paths and the table itself. */
export function writeReport(
	results: readonly Result[],
	{ seed, quick }: Options,
): { files: string[]; markdown: string } {
	const when = new Date().toISOString();
	const circumstances = { when, seed, quick, node: process.versions.node, kernel: release() };
	const markdown = writeMarkdown(results, circumstances);
	mkdirSync(REPORTS_DIR, { recursive: true });
	const stem = join(REPORTS_DIR, `chaos-${when.replaceAll(":", "-").slice(0, 19)}`);
	const files = [`${stem}.json`, `${stem}.md`];
	writeFileSync(files[0]!, JSON.stringify({ ...circumstances, results }, undefined, "\t"));
	writeFileSync(files[1]!, markdown);
	return { files, markdown };
}
