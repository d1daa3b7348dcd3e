import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { BadInput, REPORTS_FOLDER, RunFailed } from "../kit/cli.ts";
import { RESULT_VERSION, type Result } from "./result.ts";

/** Throws {@link BadInput} before a run whose report could not be written after it. */
export function checkFolder(folder: string = REPORTS_FOLDER): void {
	let place = resolve(folder);
	while (!existsSync(place)) place = dirname(place);
	try {
		accessSync(place, constants.W_OK);
		if (statSync(place).isDirectory()) return;
	} catch {
		// Reported below.
	}
	throw new BadInput(`The report can't be written to ${resolve(folder)}: give a writable folder with --report.`);
}

/** Writes the files of a report into `folder`, by default one named for the run. Returns the folder. */
export function writeReport(run: string, folder: string | undefined, files: Record<string, string>): string {
	const place = resolve(folder ?? join(REPORTS_FOLDER, `load-${run}`));
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

/** Reads the report.json of an older run. Throws {@link BadInput} for another file or another version. */
export function readOlder(file: string): Result {
	let value: Partial<Result> | null;
	try {
		value = JSON.parse(readFileSync(file, "utf8"));
	} catch {
		throw new BadInput(`--compare ${file} can't be read as JSON: give the report.json of an older run.`);
	}
	if (value?.version === RESULT_VERSION && Array.isArray(value.seconds) && value.accounting && value.load) {
		return value as Result;
	}
	throw new BadInput(`--compare ${file} is not a report.json of this version: run that load again.`);
}
