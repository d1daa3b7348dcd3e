import assert from "node:assert/strict";
import { test } from "node:test";
import type { Headroom } from "../../protocol/headroom.ts";
import { startServer } from "../../testing/harness.ts";

const LOAD_TOKEN = "the-load-token-of-the-tests";

test("H1 the load harness stores the capacity, and owners see it beside the load", async (t) => {
	const server = await startServer(t, { env: { LOAD_TOKEN } });
	const ada = await server.client("ada");
	await server.chat.roles.set("admin", { user: ada.user.id, role: "owner" });
	const headroom = async () => {
		const headers = { cookie: `session=${ada.session.token}` };
		return (await (await fetch(`${server.url}/api/headroom`, { headers })).json()) as Headroom;
	};
	const before = await headroom();
	assert.equal(before.capacity, undefined);
	assert.equal(before.now.connections, 1);
	assert.ok(before.day.connections >= 1 && before.day.memoryBytes > 0);

	const put = async (body: unknown, token: string) => {
		const headers = { "content-type": "application/json", "x-load-token": token };
		return (await fetch(`${server.url}/api/capacity`, { method: "PUT", headers, body: JSON.stringify(body) })).status;
	};
	const found = { users: 18_850, messagesPerS: 628.5 };
	assert.equal(await put(found, "wrong"), 401);
	for (const wrong of [{}, { ...found, users: -1 }, { ...found, users: 0.5 }, { ...found, messagesPerS: "many" }])
		assert.equal(await put(wrong, LOAD_TOKEN), 400, JSON.stringify(wrong));
	assert.equal((await headroom()).capacity, undefined);
	assert.equal(await put(found, LOAD_TOKEN), 204);
	const { measuredAt, ...capacity } = (await headroom()).capacity!;
	assert.deepEqual(capacity, found);
	assert.ok(measuredAt <= Date.now());
});

test("H1 without a token of the server, nobody stores a capacity", async (t) => {
	const server = await startServer(t);
	const response = await fetch(`${server.url}/api/capacity`, {
		method: "PUT",
		headers: { "content-type": "application/json", "x-load-token": "any" },
		body: JSON.stringify({ users: 1, messagesPerS: 1 }),
	});
	assert.equal(response.status, 404);
});
