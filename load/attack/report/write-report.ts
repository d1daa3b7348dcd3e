import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, release } from "node:os";
import { join } from "node:path";
import type { Options } from "../run/options.ts";
import { writeMarkdown } from "./markdown.ts";
import type { Result } from "./result.ts";

/** Writes the table and its data; answers their paths and the table itself. */
export function writeReport(
	results: readonly Result[],
	{ seed, quick, reportFolder, command }: Options,
): { files: string[]; markdown: string } {
	const when = new Date().toISOString();
	const machine = { node: process.versions.node, kernel: release(), cpus: availableParallelism() };
	const circumstances = { when, command, seed, quick, ...machine };
	const markdown = writeMarkdown(results, circumstances);
	mkdirSync(reportFolder, { recursive: true });
	const stem = join(reportFolder, `attack-${when.replaceAll(":", "-").slice(0, 19)}`);
	const files = [`${stem}.json`, `${stem}.md`];
	writeFileSync(files[0]!, JSON.stringify({ ...circumstances, results }, undefined, "\t"));
	writeFileSync(files[1]!, markdown);
	return { files, markdown };
}
