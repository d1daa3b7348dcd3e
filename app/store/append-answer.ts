import type { Append, AppendOutcome } from "../room/ports/log.ts";

/**
 * What became of one append, as it comes from the database: the `seq` of a new entry, the `seq` and `createdAt` of the
 * first one, or null where a removal's target is missing. The asker has the rest.
 */
export type AppendAnswer = number | [seq: number, createdAt: number] | null;

/** The answer as the port has it. */
export function outcomeOf(append: Append, answer: AppendAnswer): AppendOutcome {
	if (answer === null) return { outcome: "missing" };
	if (typeof answer !== "number") return { outcome: "repeated", seq: answer[0], createdAt: answer[1] };
	const { createdAt } = append;
	if (append.kind === "removal")
		return { outcome: "appended", entry: { kind: "removal", seq: answer, target: append.target, createdAt } };
	const { author, content } = append;
	const what = content.body === undefined ? { location: content.location } : { body: content.body };
	return { outcome: "appended", entry: { kind: "message", seq: answer, author, createdAt, ...what } };
}
