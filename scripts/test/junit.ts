import type { Counts } from "./counts.ts";

/**
 * Returns the counts of Deno's JUnit report. A test that only contains others ("a" beside "a > b") is not counted, unless it
 * failed itself.
 */
export function countsFromJunit(xml: string): Counts {
	const cases = [...xml.matchAll(/<testcase name="([^"]*)"[^>]*>([\s\S]*?)<\/testcase>/g)];
	const names = cases.map((match) => match[1] as string);
	const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
	for (const [, name, body] of cases as unknown as [string, string, string][]) {
		if (/<(failure|error)\b/.test(body)) counts.failed++;
		else if (body.includes("<skipped")) counts.skipped++;
		else if (!names.some((other) => other.startsWith(`${name} &gt; `))) counts.passed++;
	}
	return counts;
}
