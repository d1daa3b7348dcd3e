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

/** Returns `{ error }` with the status of the refusal's code. */
export function refusalResponse(c: RequestContext, error: Refusal): Response {
	c.set("refused", error.code);
	if (error.retryAfterMs !== undefined) c.header("Retry-After", String(Math.ceil(error.retryAfterMs / 1_000)));
	return c.json({ error }, STATUS_OF[error.code]);
}

/** Returns 204, or the refusal. */
export function emptyResponse(c: RequestContext, ack: Ack<unknown>): Response {
	return ack.ok ? c.body(null, 204) : refusalResponse(c, ack.error);
}

/** Returns 200 with the data, or the refusal. */
export function dataResponse(c: RequestContext, ack: Ack<object>): Response {
	return ack.ok ? c.json(ack.data) : refusalResponse(c, ack.error);
}

/** Returns 201 with the data, or the refusal. */
export function createdResponse(c: RequestContext, ack: Ack<object>): Response {
	return ack.ok ? c.json(ack.data, 201) : refusalResponse(c, ack.error);
}
