import type { Append, AppendOutcome } from "../room/ports/log.ts";

/**
 * The result of one append as the database returns it: the `seq` of a new entry, the `seq` and `createdAt` of the first one
 * for a repeat, or null where a removal's target is missing. The caller has the rest.
 */
export type AppendResult = number | [seq: number, createdAt: number] | null;

/** Returns the result as the port defines it. */
export function outcomeOf(append: Append, result: AppendResult): AppendOutcome {
	if (result === null) return { outcome: "missing" };
	if (typeof result !== "number") return { outcome: "repeated", seq: result[0], createdAt: result[1] };
	const { createdAt } = append;
	if (append.kind === "removal")
		return { outcome: "appended", entry: { kind: "removal", seq: result, target: append.target, createdAt } };
	const { author, content } = append;
	const bodyOrLocation = content.body === undefined ? { location: content.location } : { body: content.body };
	return { outcome: "appended", entry: { kind: "message", seq: result, author, createdAt, ...bodyOrLocation } };
}
