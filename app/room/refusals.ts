/** A refusal is a value: a code, a sentence for people and whether trying again can help. Exceptions are for bugs. */
import * as v from "valibot";
import type { Ack, ErrorCode, Refusal } from "../protocol/refusal.ts";

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(["rate_limited", "draining", "unavailable", "internal"]);

/** The half of an {@link Ack} that says no. */
export type Refused = { ok: false; error: Refusal };

/** The one way in which a refusal is made. `message` is a sentence: what is wrong and what to do next. */
export function refuse(code: ErrorCode, message: string, extra: Pick<Refusal, "field" | "retryAfterMs"> = {}): Refused {
	return { ok: false, error: { code, message, retryable: RETRYABLE.has(code), ...extra } };
}

/** The other half: what was asked for. */
export function accept<T>(data: T): { ok: true; data: T } {
	return { ok: true, data };
}

/** Checks any input against a schema; the first thing that is wrong becomes the refusal. */
export function parse<S extends v.GenericSchema>(schema: S, input: unknown): Ack<v.InferOutput<S>> {
	const result = v.safeParse(schema, input, { abortEarly: true });
	if (result.success) return accept(result.output);
	const issue = result.issues[0];
	const field = issue.path?.[0]?.key;
	const missing = issue.input === undefined && typeof field === "string";
	return refuse(
		issue.type === "max_length" ? "too_long" : "bad_request",
		missing ? `The field "${field}" is missing.` : issue.message,
		typeof field === "string" ? { field } : {},
	);
}

/** A refusal for a room that is not there or that one is not in: both look alike (rule R3). */
export function notInRoom(): Refused {
	return refuse("not_found", "You are not in a room of this name; join it first.", { field: "room" });
}

/** A refusal for what the store can't do just now. */
export function storeUnavailable(): Refused {
	return refuse("unavailable", "Messages can't be stored just now; try again in a moment.", { retryAfterMs: 1_000 });
}
