import type { Access } from "./people.ts";

/** Every code of a refusal (rule E1). */
export const ERROR_CODES = [
	"bad_request",
	"unauthorized",
	"forbidden",
	"not_found",
	"name_taken",
	"too_long",
	"rate_limited",
	"stale_client",
	"draining",
	"unavailable",
	"internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Why a request was refused. */
export type Refusal = {
	code: ErrorCode;
	/** A sentence for people: what is wrong and what to do next. */
	message: string;
	/** Whether the same request can succeed later, unchanged. */
	retryable: boolean;
	/** The field of the payload that is wrong. */
	field?: string;
	/** Milliseconds to wait before the next attempt. */
	retryAfterMs?: number;
	/** Who may come in, where a stranger is refused (rule O4). */
	access?: Exclude<Access, "open">;
};

/** The result of a request: its data, or a refusal. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: Refusal };
export type AckFunction<T> = (ack: Ack<T>) => void;
