import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { reportHtml } from "./html.ts";
import type { Result } from "./result.ts";

const REPORTS = join(import.meta.dirname, "..", "..", "reports");

/** Writes report.html and report.json. Gives the page's path. */
export function writeReport(result: Result, older: Result | undefined, folder: string | undefined): string {
	const place = resolve(folder ?? join(REPORTS, `load-${result.run}`));
	mkdirSync(place, { recursive: true });
	writeFileSync(join(place, "report.json"), `${JSON.stringify(result, null, "\t")}\n`);
	const page = join(place, "report.html");
	writeFileSync(page, reportHtml(result, older));
	return page;
}
