import { readFileSync } from "node:fs";
import { BadInput } from "../bad-input.ts";
import { RESULT_VERSION, type Result } from "./result.ts";

/** Reads the report.json of an older run, to show beside a new one. */
export function readOlder(file: string): Result {
	let value: Partial<Result> | null;
	try {
		value = JSON.parse(readFileSync(file, "utf8"));
	} catch {
		throw new BadInput(`--compare ${file} can't be read as JSON: give the report.json of an older run.`);
	}
	const isWhole = value?.version === RESULT_VERSION && Array.isArray(value.seconds) && value.accounting && value.load;
	if (!isWhole) {
		throw new BadInput(`--compare ${file} is not a report.json that this version can read: run that load again.`);
	}
	return value as Result;
}
