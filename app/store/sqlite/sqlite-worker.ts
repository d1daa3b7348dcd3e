/** The code of the store's threads. A bundle has it beside its main file, under the same name. */
import { parentPort, workerData } from "node:worker_threads";
import { openReader, openWriter } from "./connection.ts";
import { isDamage } from "./is-damage.ts";
import { claimFile } from "./owner.ts";
import { readerCalls } from "./reader.ts";
import { searchCalls } from "./search.ts";
import type { Failure, ThreadData, ThreadReply, ThreadRequest } from "./thread-messages.ts";
import { writerCalls } from "./writer.ts";

const { role, path, isOnly } = workerData as ThreadData;
const port = parentPort!;

function begin(): Record<string, (...args: never[]) => unknown> {
	if (role === "search") return searchCalls(path);
	if (role === "reader") return readerCalls(openReader(path));
	if (isOnly) claimFile(path);
	const calls = writerCalls(openWriter(path));
	// After a crash there may be pages with removed text.
	calls.emptyLog();
	return calls;
}

function failureOf(error: unknown): Failure {
	const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
	const { code } = (error ?? {}) as { code?: unknown };
	return { message, stack, isStorage: code === "ERR_SQLITE_ERROR", isDamage: isDamage(error) };
}

try {
	const calls = begin();
	port.on("message", async ([id, name, args]: ThreadRequest) => {
		try {
			const result = calls[name]!(...(args as never[]));
			port.postMessage([id, result instanceof Promise ? await result : result] satisfies ThreadReply);
		} catch (error) {
			port.postMessage([id, undefined, failureOf(error)] satisfies ThreadReply);
		}
	});
	port.postMessage("ready");
} catch (error) {
	port.postMessage(failureOf(error));
}
