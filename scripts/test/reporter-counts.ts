import type { TestEvent } from "node:test/reporters";
import { type Counts, NONE } from "./counts.ts";

/** A reporter for `node --test` that writes the whole run's counts as one line of JSON, also when it is interrupted. */
export default async function* countsReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
	const counts: Counts = { ...NONE };
	for await (const { type, data } of events) {
		if (type === "test:pass" || type === "test:fail") {
			if (data.details.type === "suite") continue;
			if (isSet(data.skip) || isSet(data.todo)) counts.skipped++;
			else if (type === "test:pass") counts.passed++;
			else counts.failed++;
		} else if (type === "test:interrupted") {
			counts.failed += data.tests.length;
			yield JSON.stringify(counts);
		} else if (type === "test:summary" && data.file === undefined) {
			yield JSON.stringify(counts);
		}
	}
}

/** A test that is skipped without a reason has an empty one. */
function isSet(reason: string | boolean | undefined): boolean {
	return reason !== undefined && reason !== false;
}
