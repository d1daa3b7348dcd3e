import { accessSync, constants, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { BadInput } from "../bad-input.ts";
import { RunFailed } from "../run-failed.ts";

const REPORTS = join(import.meta.dirname, "..", "..", "reports");

/** Throws where a report could not go, before there is one: a long run should not end with nothing to show. */
export function checkFolder(folder: string | undefined): void {
	let place = resolve(folder ?? REPORTS);
	while (!existsSync(place)) place = dirname(place);
	try {
		accessSync(place, constants.W_OK);
		if (statSync(place).isDirectory()) return;
	} catch {
		// Said below.
	}
	throw new BadInput(
		`The report can't go to ${resolve(folder ?? REPORTS)}: give a folder that can be written, by --report.`,
	);
}

/** Writes the files of a report into the folder that was asked for, or one named for the run. Gives the folder. */
export function writeReport(run: string, folder: string | undefined, files: Record<string, string>): string {
	const place = resolve(folder ?? join(REPORTS, `load-${run}`));
	try {
		mkdirSync(place, { recursive: true });
		for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
	} catch (error) {
		throw new RunFailed(`The report could not be written to ${place}: ${(error as Error).message}`);
	}
	return place;
}

export function json(value: unknown): string {
	return `${JSON.stringify(value, null, "\t")}\n`;
}
