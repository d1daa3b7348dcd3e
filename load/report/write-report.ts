import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const REPORTS = join(import.meta.dirname, "..", "..", "reports");

/** Writes the files of a report into the folder that was asked for, or one named for the run. Gives the folder. */
export function writeReport(run: string, folder: string | undefined, files: Record<string, string>): string {
	const place = resolve(folder ?? join(REPORTS, `load-${run}`));
	mkdirSync(place, { recursive: true });
	for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
	return place;
}

export function json(value: unknown): string {
	return `${JSON.stringify(value, null, "\t")}\n`;
}
