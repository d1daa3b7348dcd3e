import type { TestEvent } from "node:test/reporters";
import type { Counts } from "./counts.ts";

/** A reporter for `node --test` that writes the whole run's counts as one line of JSON. */
export default async function* countsReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
	for await (const event of events) {
		if (event.type !== "test:summary" || event.data.file !== undefined) continue;
		const { passed, cancelled, skipped, todo, ...others } = event.data.counts;
		const { failed } = others as unknown as { failed: number };
		const counts: Counts = { passed, failed: failed + cancelled, skipped: skipped + todo };
		yield `${JSON.stringify(counts)}\n`;
	}
}
