import { type Counts, NONE } from "./counts.ts";

type Case = { name: string; file: string | undefined; body: string };

const CASE = /<testcase name="([^"]*)" classname="([^"]*)"[^>]*>([\s\S]*?)<\/testcase>/g;
/** Deno reports a test inside a `describe` with a file of its own, which has another form. */
const OUR_FILE = /^\.\/(.+)$/;

/**
 * Returns the counts of Deno's JUnit report, and the file of each failure where it is known, relative to the project. A test
 * that only contains others ("a" beside "a > b") is not counted, unless it failed itself.
 */
export function resultsFromJunit(xml: string): { counts: Counts; failedFiles: string[] } {
	const cases = [...xml.matchAll(CASE)].map(
		([, name = "", place = "", body = ""]): Case => ({ name, file: OUR_FILE.exec(place)?.[1], body }),
	);
	const contains = (outer: Case, inner: Case) => inner.name.startsWith(`${outer.name} &gt; `);
	const fileOf = (inner: Case) => inner.file ?? cases.find((outer) => contains(outer, inner))?.file;
	const counts = { ...NONE };
	const failedFiles: string[] = [];
	for (const one of cases) {
		if (/<(failure|error)\b/.test(one.body)) {
			counts.failed++;
			failedFiles.push(fileOf(one) ?? "");
		} else if (one.body.includes("<skipped")) counts.skipped++;
		else if (!cases.some((other) => contains(one, other))) counts.passed++;
	}
	return { counts, failedFiles: failedFiles.filter((file) => file !== "") };
}
