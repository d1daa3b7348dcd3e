import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Ack, ErrorCode, Refusal } from "../protocol/refusal.ts";
import type { RequestContext } from "./deps.ts";

const STATUS_OF: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
	bad_request: 400,
	unauthorized: 401,
	forbidden: 403,
	not_found: 404,
	name_taken: 409,
	stale_client: 409,
	too_long: 413,
	rate_limited: 429,
	internal: 500,
	draining: 503,
	unavailable: 503,
};

/** Answers with a refusal: `{ error }`, and a status that fits its code. */
export function refusal(c: RequestContext, error: Refusal): Response {
	c.set("refused", error.code);
	if (error.retryAfterMs !== undefined) c.header("Retry-After", String(Math.ceil(error.retryAfterMs / 1_000)));
	return c.json({ error }, STATUS_OF[error.code]);
}

/** Answers 204, or with the refusal. */
export function done(c: RequestContext, ack: Ack<unknown>): Response {
	return ack.ok ? c.body(null, 204) : refusal(c, ack.error);
}
