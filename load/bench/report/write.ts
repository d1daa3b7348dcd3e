import { copyFileSync } from "node:fs";
import { extname, join } from "node:path";
import { REPORTS_FOLDER } from "../../kit/cli.ts";
import { thisMachine, writeResults } from "../../kit/report.ts";
import { CAN_PIN } from "../measure/pinning.ts";
import type { BenchOptions } from "../run/options.ts";
import type { WorkloadResults } from "../run/rounds.ts";
import { RATES_MEMBERS, rates } from "../workloads/loads.ts";
import { writeMarkdown } from "./markdown.ts";
import { drawPicture, type PictureLine } from "./picture.ts";
import { ratesOf, summaryAt } from "./summary.ts";

/** Where the README shows results, by the extension of the file. */
const PUBLISHED: Record<string, string> = { ".md": "results.md", ".svg": "picture.svg" };

/** Writes the results as JSON and Markdown and, for the workload `rates`, as a picture. Returns their paths. */
export function writeBenchReport(
	measured: readonly WorkloadResults[],
	options: BenchOptions,
): { files: string[]; markdown: string } {
	const machine = { ...thisMachine(), pinned: CAN_PIN };
	const when = new Date();
	const markdown = writeMarkdown(measured, machine, options.rounds);
	const lines = linesOf(measured);
	const files = writeResults(REPORTS_FOLDER, "bench", when, {
		json: JSON.stringify({ when, machine, options, measured }, infinityAsText, "\t"),
		md: markdown,
		...(lines.length > 0 && { svg: drawPicture(lines, RATES_MEMBERS) }),
	});
	return { files: options.publish ? [...files, ...files.flatMap(publish)] : files, markdown };
}

function publish(file: string): string[] {
	const name = PUBLISHED[extname(file)];
	if (name === undefined) return [];
	const published = join(import.meta.dirname, "..", name);
	copyFileSync(file, published);
	return [published];
}

/** Returns a line for each server, with a point for each rate. */
function linesOf(measured: readonly WorkloadResults[]): PictureLine[] {
	const found = measured.find(({ id }) => id === rates.id);
	if (found === undefined) return [];
	const rows = ratesOf(found).flatMap((rate) => summaryAt(found, rate));
	return [...Map.groupBy(rows, ({ title }) => title)]
		.map(([title, ofServer]) => ({
			title,
			points: ofServer.flatMap(({ rate, verdict, metrics: { cpuUsPerDelivery: cpuUs } }) =>
				rate === undefined || cpuUs === undefined ? [] : [{ rate, cpuUs, keptUp: verdict === "verified" }],
			),
		}))
		.filter(({ points }) => points.length > 0);
}

/** JSON has no infinity, and `null` would look like a missing figure. */
function infinityAsText(_key: string, value: unknown): unknown {
	return value === Number.POSITIVE_INFINITY ? "never" : value;
}
