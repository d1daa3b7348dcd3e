import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { startServer } from "../../app/testing/harness.ts";
import { runScript } from "../deploy/testing/fake-fly.ts";
import { smoke } from "./smoke.ts";

const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE };

/** Starts an HTTP server that returns the same response to every request. */
async function otherServer(t: TestContext, status: number, body: string): Promise<string> {
	const server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, "127.0.0.1");
	await new Promise((resolve) => server.once("listening", resolve));
	t.after(() => server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("against a working server every step passes, and both users sign out", async (t) => {
	const server = await startServer(t);
	const { code, output } = await runScript("smoke.ts", [server.url], "", env);
	assert.equal(code, 0, output);
	for (const step of ["session", "connection", "join", "send", "delivery", "history", "sign-out"]) {
		assert.match(output, new RegExp(`^ok +${step} +\\d+ ms$`, "m"));
	}
	assert.equal((await server.store.revokedSessions()).length, 2);
});

test("repeated runs leave one room", async (t) => {
	const server = await startServer(t);
	for (let round = 1; round <= 3; round += 1) assert.equal((await smoke(server.url)).ok, true);
	assert.deepEqual(
		(await server.store.rooms(10)).map(({ room }) => room),
		["smoke-test"],
	);
});

test("a failing step is reported, later steps are skipped, and both users sign out", async (t) => {
	const server = await startServer(t, { env: { LIMIT_BODY_CHARS: "5" } });
	const result = await smoke(server.url);
	assert.ok(!result.ok);
	assert.equal(result.step, "send");
	assert.match(result.why, /message:send was refused: .* \(too_long\)/);
	assert.equal((await server.store.revokedSessions()).length, 2);
});

const others: [what: string, status: number, body: string, says: RegExp][] = [
	["returns 404", 404, "no", /POST \/api\/session returned 404/],
	["returns 201 with other JSON", 201, "{}", /without a user and a token/],
	["returns 201 without JSON", 201, "<html>", /without a user and a token/],
];
for (const [what, status, body, says] of others) {
	test(`a server that ${what} fails the smoke test, with exit code 1`, async (t) => {
		const { code, output } = await runScript("smoke.ts", [await otherServer(t, status, body)], "", env);
		assert.equal(code, 1, output);
		assert.match(output, says);
		assert.match(output, /npm run doctor/);
	});
}

for (const args of [
	[],
	["chat.example.org"],
	["ftp://chat.example.org"],
	["http://a.example", "http://b.example"],
	["http://a.example/path"],
]) {
	test(`the command line "${args.join(" ")}" is refused with the help, and exit code 2`, async () => {
		const { code, output } = await runScript("smoke.ts", args, "", env);
		assert.equal(code, 2);
		assert.match(output, /npm run smoke -- URL/);
		if (args[0]?.endsWith("/path")) assert.match(output, /the chat is at the root: give http:\/\/a\.example\./);
	});
}

test("a chat that strangers may not enter refuses them, and with LOAD_TOKEN a message is sent", async (t) => {
	const server = await startServer(t, { env: { ACCESS: "members", LOAD_TOKEN: "the-load-token" } });
	const refused = await runScript("smoke.ts", [server.url], "", env);
	assert.equal(refused.code, 0, refused.output);
	assert.match(refused.output, /works: it refuses strangers, because its access is "members"/);
	const { code, output } = await runScript("smoke.ts", [server.url], "", { ...env, LOAD_TOKEN: "the-load-token" });
	assert.equal(code, 0, output);
	assert.match(output, /the message was delivered/);
});
