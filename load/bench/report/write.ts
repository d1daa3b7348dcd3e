import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Options } from "../run/options.ts";
import type { Measured } from "../run/rounds.ts";
import { RATES_MEMBERS, rates } from "../workloads/rates.ts";
import { REPORTS_DIR } from "./directory.ts";
import { thisMachine } from "./machine.ts";
import { writeMarkdown } from "./markdown.ts";
import { drawPicture, type Series } from "./picture.ts";
import { linesAt, ratesOf } from "./summary.ts";

const PUBLISHED = { markdown: here("../results.md"), picture: here("../picture.svg") };

/** Writes JSON, the tables and, where the rates were run, the picture; answers the files and the tables themselves. */
export function writeReport(measured: readonly Measured[], options: Options): { files: string[]; markdown: string } {
	const machine = thisMachine();
	const when = new Date().toISOString();
	const stem = join(REPORTS_DIR, `bench-${when.replaceAll(":", "-").slice(0, 19)}`);
	const markdown = writeMarkdown(measured, machine, options.rounds);
	const files = [`${stem}.json`, `${stem}.md`];
	writeFileSync(files[0]!, JSON.stringify({ when, machine, options, measured }, endlessAsText, "\t"));
	writeFileSync(files[1]!, markdown);
	const series = seriesOf(measured);
	if (series.length > 0) {
		files.push(`${stem}.svg`);
		writeFileSync(`${stem}.svg`, drawPicture(series, RATES_MEMBERS));
	}
	return { files: options.publish ? [...files, ...publish(files)] : files, markdown };
}

function publish([, markdown, picture]: readonly string[]): string[] {
	copyFileSync(markdown!, PUBLISHED.markdown);
	if (picture === undefined) return [PUBLISHED.markdown];
	copyFileSync(picture, PUBLISHED.picture);
	return [PUBLISHED.markdown, PUBLISHED.picture];
}

/** A line for each server. */
function seriesOf(measured: readonly Measured[]): Series[] {
	const found = measured.find(({ id }) => id === rates.id);
	if (found === undefined) return [];
	const lines = ratesOf(found).flatMap((rate) => linesAt(found, rate));
	return found.rows
		.map(({ id, title }) => ({
			title,
			points: lines.flatMap(({ id: of, rate, verdict, metrics: { cpuUsPerDelivery } }) =>
				of === id && rate !== undefined && cpuUsPerDelivery !== undefined
					? [{ rate, cpuUs: cpuUsPerDelivery, keptUp: verdict === "verified" }]
					: [],
			),
		}))
		.filter(({ points }) => points.length > 0);
}

/** JSON knows no infinity; `null` would look like a figure that is missing. */
function endlessAsText(_key: string, value: unknown): unknown {
	return value === Number.POSITIVE_INFINITY ? "never" : value;
}

function here(path: string): string {
	return fileURLToPath(new URL(path, import.meta.url));
}
