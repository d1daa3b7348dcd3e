import assert from "node:assert/strict";
import { connect } from "node:net";
import { refusalIn, testHttp } from "../testing/http-app.ts";
import { MAX_BODY_BYTES } from "./json-body.ts";

const JSON_TYPE = { "content-type": "application/json" };

testHttp("a body needs a JSON content type, which a form on another site can't send", async (open) => {
	const app = await open();
	const body = JSON.stringify({ name: "Ada" });
	for (const type of [
		"text/plain",
		"application/x-www-form-urlencoded",
		"multipart/form-data",
		"application/jsonp",
		"text/json",
	]) {
		const response = await app.request("/api/session", { method: "POST", body, headers: { "content-type": type } });
		assert.equal(response.status, 400, type);
		assert.match((await refusalIn(response)).message, /Content-Type: application\/json/);
	}
	for (const type of ["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=UTF-8"]) {
		const response = await app.request("/api/session", { method: "POST", body, headers: { "content-type": type } });
		assert.equal(response.status, 201, type);
	}
});

testHttp("a body that does not match the schema is refused", async (open) => {
	const app = await open();
	const bodies: BodyInit[] = [
		"",
		"{",
		"null",
		"7",
		'"Ada"',
		"[]",
		"{}",
		'{"name":"Ada",}',
		"{'name':'Ada'}",
		'{"__proto__":{"name":"Ada"}}',
		'{"constructor":{"prototype":{"name":"Ada"}}}',
		"[".repeat(60_000),
		new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
		new Uint8Array([0xed, 0xa0, 0x80]),
	];
	for (const body of bodies) {
		const response = await app.request("/api/session", { method: "POST", body, headers: JSON_TYPE });
		assert.equal(response.status, 400, String(body).slice(0, 60));
		assert.equal((await refusalIn(response)).code, "bad_request");
	}
	assert.deepEqual(app.recorded.errors, []);
});

testHttp("unknown fields are ignored", async (open) => {
	const app = await open();
	const body = '{"name":"Ada","id":"admin","__proto__":{"isAdmin":true},"expiresAt":1}';
	const response = await app.request("/api/session", { method: "POST", body, headers: JSON_TYPE });
	assert.equal(response.status, 201);
	const { user } = await response.json();
	assert.deepEqual(Object.keys(user).sort(), ["id", "name"]);
	assert.notEqual(user.id, "admin");
});

testHttp("the size of a body is limited, with and without Content-Length", async (open) => {
	const app = await open();
	const fitting = JSON.stringify({ name: "Ada" }).padEnd(MAX_BODY_BYTES);
	assert.equal((await app.request("/api/session", { method: "POST", body: fitting, headers: JSON_TYPE })).status, 201);
	const streamed = new Blob([fitting, " "]).stream();
	for (const body of [`${fitting} `, streamed]) {
		const init = { method: "POST", body, headers: JSON_TYPE, duplex: "half" };
		const response = await app.request("/api/session", init as RequestInit);
		assert.equal(response.status, 413);
		assert.equal((await refusalIn(response)).code, "too_long");
	}
});

testHttp(
	"a body that breaks off does not affect later requests",
	async (open) => {
		const app = await open();
		const { port, hostname } = new URL(app.origin);
		const socket = connect(Number(port), hostname);
		const closed = new Promise((resolve) => socket.on("close", resolve));
		socket.write(
			'POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name"',
			() => socket.destroy(),
		);
		await closed;
		assert.equal((await app.post("/api/session", { name: "Ada" })).status, 201);
		assert.deepEqual(app.recorded.errors, []);
	},
	["through a Node server"],
);
