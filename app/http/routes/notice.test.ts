import assert from "node:assert/strict";
import { refusalIn, testHttp } from "../../testing/http-app.ts";

const ADMIN = { authorization: "Bearer admin" };

testHttp("a notice goes to everyone", async (open) => {
	const app = await open({ adminToken: "admin" });
	const response = await app.post("/api/notice", { text: "We restart at noon." }, ADMIN);
	assert.equal(response.status, 204);
	const [{ to, event, payload } = assert.fail("nothing was broadcast"), ...more] = app.broadcast.take();
	assert.deepEqual(
		[to, event, (payload as { text: string }).text],
		["everyone", "server:notice", "We restart at noon."],
	);
	assert.deepEqual(more, []);
});

testHttp("a notice needs the admin token and a text", async (open) => {
	const app = await open({ adminToken: "admin", loadToken: "load" });
	for (const headers of [{}, { authorization: "Bearer load" }, { "x-load-token": "load" }] as Record<string, string>[])
		assert.equal((await app.post("/api/notice", { text: "hello" }, headers)).status, 401);
	assert.equal(
		(await app.post("/api/notice", { text: "hello" }, { ...ADMIN, origin: "https://evil.example" })).status,
		403,
	);
	for (const text of ["", " \n", 7, undefined]) {
		const response = await app.post("/api/notice", { text }, ADMIN);
		assert.equal(response.status, 400);
		assert.equal((await refusalIn(response)).field, "text");
	}
	assert.equal((await app.post("/api/notice", { text: "x".repeat(4_001) }, ADMIN)).status, 413);
	assert.deepEqual(app.broadcast.take(), []);
});

testHttp("without ADMIN_TOKEN the route does not exist", async (open) => {
	const app = await open();
	for (const headers of [{}, ADMIN] as Record<string, string>[]) {
		const response = await app.post("/api/notice", { text: "hello" }, headers);
		assert.equal(response.status, 404);
		assert.equal((await refusalIn(response)).code, "not_found");
	}
});
