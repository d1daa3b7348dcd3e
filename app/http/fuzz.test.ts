import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ERROR_CODES, type Refusal } from "../protocol/refusal.ts";
import { mutated, pathSegment, payload } from "../testing/arbitraries.ts";
import { startServer } from "../testing/harness.ts";

const RUNS = 400;
const ADMIN_TOKEN = "the-admin-of-the-test";

const path = fc.oneof(
	fc.constantFrom(
		"/api/session",
		"/api/rooms",
		"/api/notice",
		"/api/kicks",
		"/api/bans",
		"/api/audit",
		"/api/reports",
		"/api/closed-rooms",
		"/api/claim",
		"/api/invitations",
		"/api/invitations/redeem",
		"/api/passkeys",
		"/api/passkeys/options",
		"/api/passkeys/recovery-codes",
		"/api/session/passkey",
		"/api/session/passkey/options",
		"/api/session/code",
		"/api/session/link",
		"/api/sessions",
		"/api/data",
		"/api/people",
		"/api/access",
		"/metrics",
		"/readyz",
	),
	fc
		.tuple(
			fc.constantFrom(
				"/api/rooms/",
				"/api/bans/",
				"/api/closed-rooms/",
				"/api/people/",
				"/api/reports/",
				"/api/invitations/",
				"/api/passkeys/",
				"/api/sessions/",
				"/r/",
				"/assets/",
				"/",
			),
			pathSegment,
		)
		.map(([folder, name]) => folder + name),
	fc.tuple(pathSegment, pathSegment).map(([room, seq]) => `/api/rooms/${room}/messages/${seq}`),
	fc.webPath(),
);
const json = fc
	.oneof(
		payload("name"),
		payload("text"),
		payload("user", "room", "minutes", "reason"),
		payload("address", "minutes"),
		payload("room", "reason"),
		payload("room", "uses", "days"),
		payload("code", "name"),
		payload("role", "name"),
		payload("access"),
	)
	.map((body) => JSON.stringify(body) ?? "");
const request = fc.record({
	path,
	query: fc.oneof(
		fc.constant(""),
		fc.webQueryParameters().map((query) => `?${query}`),
	),
	method: fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
	body: fc.oneof(json, mutated(json), fc.uint8Array({ maxLength: 200 })),
	type: fc.constantFrom("application/json", "application/json; charset=x", "text/plain", "multipart/form-data", "a"),
	authorization: fc.oneof(
		fc.constantFrom(`Bearer ${ADMIN_TOKEN}`, "Bearer", "Basic x"),
		mutated(fc.constant("Bearer ")),
	),
	cookie: fc.oneof(fc.constant("session=a.b"), mutated(fc.constant("session=a.b; session=c"))),
});

/** Header values: visible characters, one byte each. */
function printable(value: string): string {
	return value.replaceAll(/[^ -~]/g, "").trim();
}

test("E1 every route responds to fuzzed requests without an internal error, and refusals have the documented shape", async (t) => {
	const server = await startServer(t, { env: { ADMIN_TOKEN } });
	const answers = fc.asyncProperty(request, async ({ path, query, method, body, type, authorization, cookie }) => {
		const headers = {
			"content-type": type,
			authorization: printable(authorization),
			cookie: printable(cookie),
		};
		const hasBody = method !== "GET" && method !== "HEAD";
		const init = { method, headers, ...(hasBody && { body: body as BodyInit }) };
		const response = await fetch(server.url + path + query, init);
		const text = await response.text();
		assert.ok(response.status < 500, `${response.status} ${text}`);
		// The client normalises the path before it sends it.
		const isApi = new URL(response.url).pathname.startsWith("/api/");
		if (!isApi || response.status < 400 || method === "HEAD") return;
		const { error } = JSON.parse(text) as { error: Refusal };
		assert.ok(ERROR_CODES.includes(error.code) && error.code !== "internal", text);
		assert.match(error.message, /^[A-Z].*\.$/s, "a sentence");
		assert.equal(typeof error.retryable, "boolean");
	});
	await fc.assert(answers, { numRuns: RUNS });
	assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
});
