import { relative } from "node:path";
import type { TestEvent } from "node:test/reporters";

/** Maximum time from a process' last test to its end. */
const LINGER_MS = Number(process.env.TEST_LINGER_MS ?? 60_000);

/** One line of the report: a test, or the end of the run. */
export type ResultLine = { title: string; file: string; ms: number; result: TestResult } | { end: true };
export type TestResult = "passed" | "failed" | "skipped";

/** A reporter for `node --test` that writes each test as a line of JSON, at once, and a last line when the run is complete. */
export default async function* resultsReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
	const linger = new LingerCheck();
	for await (const { type, data } of events) {
		if (type === "test:enqueue" && data.nesting === 0) linger.began();
		else if (type === "test:complete" && data.nesting === 0) linger.ended();
		else if (type === "test:pass" || type === "test:fail") {
			if (data.details.type === "suite") continue;
			const isSkipped = isSet(data.skip) || isSet(data.todo);
			const result = isSkipped ? "skipped" : type === "test:pass" ? "passed" : "failed";
			yield line({ title: data.name, file: pathOf(data.file), ms: data.details.duration_ms, result });
		} else if (type === "test:interrupted") {
			for (const { name, file } of data.tests) yield line({ title: name, file: pathOf(file), ms: 0, result: "failed" });
		} else if (type === "test:summary" && data.file === undefined) {
			yield line({ end: true });
		}
	}
}

function line(result: ResultLine): string {
	return `${JSON.stringify(result)}\n`;
}

function pathOf(file: string | undefined): string {
	return file === undefined ? "" : relative(process.cwd(), file).replaceAll("\\", "/");
}

/** A test that is skipped without a reason has an empty reason. */
function isSet(reason: string | boolean | undefined): boolean {
	return reason !== undefined && reason !== false;
}

/** Ends the process if it goes on after its last test, because a test left a timer, a socket or a child behind. */
class LingerCheck {
	#running = 0;
	#timer: NodeJS.Timeout | undefined;

	began(): void {
		this.#running++;
		clearTimeout(this.#timer);
	}

	ended(): void {
		this.#running--;
		if (this.#running > 0) return;
		this.#timer = setTimeout(() => {
			const resources = [...new Set(process.getActiveResourcesInfo())].join(", ");
			console.error(`\n  A test left something behind that keeps its process alive: ${resources}.`);
			process.exit(1);
		}, LINGER_MS);
		this.#timer.unref();
	}
}
