import { relative } from "node:path";
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";

const MAX_OUTPUT_CHARS = 8_000;

/** An error after the end of its test: the runner reports it only by its exit code. */
const ERROR_AFTER_A_TEST = /asynchronous activity after the test ended/;

/** A reporter for `node --test` that prints failures only, each with the output of its file. */
export default async function* failuresReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
	const printed = new Map<string, string>();
	const failed = new Set<string>();
	const path: string[] = [];

	for await (const { type, data } of events) {
		if (type === "test:start") {
			path.length = data.nesting;
			path.push(data.name);
		} else if (type === "test:stdout" || type === "test:stderr") {
			printed.set(data.file, `${printed.get(data.file) ?? ""}${data.message}`.slice(-MAX_OUTPUT_CHARS));
		} else if (type === "test:interrupted") {
			for (const { name } of data.tests) yield `\n  ✖ ${name}\n    was still running when it was stopped\n`;
		} else if (type === "test:diagnostic" && ERROR_AFTER_A_TEST.test(data.message)) {
			yield `\n  ✖ ${data.message}\n`;
		} else if (type === "test:fail" && data.todo === undefined && data.skip === undefined) {
			if (data.file) failed.add(data.file);
			if (isEcho(data.details.error)) continue;
			const place = data.file ? `${relative(process.cwd(), data.file)}:${data.line ?? 1}` : "";
			const title = [...path.slice(0, data.nesting), data.name].join(" > ");
			yield `\n  ✖ ${title}\n    ${place}\n${indent(inspect(data.details.error.cause ?? data.details.error))}\n`;
		}
	}
	for (const file of failed) {
		const text = printed.get(file)?.trim();
		if (text) yield `\n  Printed by ${relative(process.cwd(), file)}:\n${indent(text)}\n`;
	}
}

/** Returns whether a test failed only because a test inside it did. */
function isEcho(error: Error & { failureType?: string }): boolean {
	return error.failureType === "subtestsFailed";
}

function indent(text: string): string {
	return text.replace(/^/gm, "    ");
}
