import assert from "node:assert/strict";
import { test } from "node:test";
import { createApiClient } from "./api-client.ts";

/** A client whose requests get this response, and the requests so far. */
function clientWith(respond: () => Response | Promise<Response>) {
	const requests: { url: unknown; init: RequestInit | undefined }[] = [];
	const fetch: typeof globalThis.fetch = async (url, init) => {
		requests.push({ url, init });
		return respond();
	};
	return { api: createApiClient(fetch, "http://server.test"), requests };
}

test("a response with a body is the data of the ack", async () => {
	const { api, requests } = clientWith(() => Response.json({ rooms: [] }));
	assert.deepEqual(await api("GET", "/api/rooms"), { ok: true, data: { rooms: [] } });
	assert.equal(requests[0]!.url, "http://server.test/api/rooms");
	assert.equal(requests[0]!.init?.body, undefined);
});

test("a body is sent as JSON, and 204 is an ack without data", async () => {
	const { api, requests } = clientWith(() => new Response(null, { status: 204 }));
	assert.deepEqual(await api("POST", "/api/session", { name: "ada" }), { ok: true, data: {} });
	assert.equal(requests[0]!.init?.body, '{"name":"ada"}');
	assert.deepEqual(requests[0]!.init?.headers, { "content-type": "application/json" });
});

test("a refusal of the server is passed on", async () => {
	const error = { code: "bad_request", message: "Enter a name.", retryable: false };
	const { api } = clientWith(() => Response.json({ error }, { status: 400 }));
	assert.deepEqual(await api("POST", "/api/session", {}), { ok: false, error });
});

test("an unreachable server and unknown responses are retryable refusals", async () => {
	for (const respond of [
		() => Promise.reject(new TypeError("Failed to fetch")),
		() => new Response("<h1>Bad gateway</h1>", { status: 502 }),
		() => Response.json({ error: "of a proxy" }, { status: 503 }),
		() => Response.json(null, { status: 500 }),
	]) {
		const ack = await clientWith(respond).api("GET", "/api/session");
		assert.equal(!ack.ok && ack.error.code, "unavailable");
		assert.equal(!ack.ok && ack.error.retryable, true);
	}
});
