/** A refusal is a value: a code, a sentence for people, and whether the same request can succeed later. Exceptions are for bugs. */
import * as v from "valibot";
import type { Ack, ErrorCode, Refusal } from "../protocol/refusal.ts";
import { StoreDamaged } from "./ports/store.ts";

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(["rate_limited", "draining", "unavailable", "internal"]);

/** An {@link Ack} that refuses. */
export type Refused = { ok: false; error: Refusal };

/** Returns a refusal. `message` is a sentence: what is wrong and what to do next. */
export function refuse(
	code: ErrorCode,
	message: string,
	extra: Partial<Pick<Refusal, "field" | "retryAfterMs" | "retryable" | "access">> = {},
): Refused {
	return { ok: false, error: { code, message, retryable: RETRYABLE.has(code), ...extra } };
}

/** Returns an {@link Ack} with data. */
export function accept<T>(data: T): { ok: true; data: T } {
	return { ok: true, data };
}

/** Validates input against a schema. The first issue becomes the refusal. */
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

/** Returns the refusal for a room that does not exist, or that the connection is not in: both look alike (rule R3). */
export function notInRoom(): Refused {
	return refuse("not_found", "You are not in a room of this name. Join it first.", { field: "room" });
}

/** Returns the refusal of a request that has to wait `waitMs` for a token of its rate. Undefined if it need not. */
export function tooFast(waitMs: number, sentence = "Too fast. Try again in a moment."): Refused | undefined {
	return waitMs === 0 ? undefined : refuse("rate_limited", sentence, { retryAfterMs: waitMs });
}

/** Returns the refusal of a request that the store could not carry out. It may be repeated, unless the store is damaged. */
export function storeUnavailable(error: unknown): Refused {
	if (error instanceof StoreDamaged)
		return refuse("unavailable", "The chat's database is damaged. Only its operator can repair it.", {
			retryable: false,
		});
	return refuse("unavailable", "Messages can't be stored at the moment. Try again in a moment.", {
		retryAfterMs: 1_000,
	});
}

/** Returns the refusal of an upload or a download while the storage of files is unavailable. */
export function fileStorageUnavailable(): Refused {
	return refuse("unavailable", "Files can't be stored or read at the moment. Messages can. Try again later.", {
		retryAfterMs: 60_000,
	});
}
