import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { fetchTarget, printable } from "./target.ts";

async function listen(t: TestContext, listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a redirect is not followed: the tokens stay with the target", async (t) => {
	let seen = 0;
	const other = await listen(t, (_, response) => {
		seen++;
		response.end();
	});
	for (const status of [301, 302, 307, 308]) {
		const target = await listen(t, (_, response) => response.writeHead(status, { location: other }).end());
		await assert.rejects(fetchTarget(target, { headers: { "x-load-token": "secret" } }), /redirects to http/);
	}
	assert.equal(seen, 0);
});

test("a body without end is given up", async (t) => {
	const target = await listen(t, (_, response) => {
		const more = () => {
			while (!response.destroyed && response.write(Buffer.alloc(65_536)));
		};
		response.on("drain", more);
		more();
	});
	await assert.rejects(async () => (await fetchTarget(target)).text(), /more than 8 MiB/);
});

test("a normal response is as it was", async (t) => {
	const target = await listen(t, (_, response) =>
		response.writeHead(201, { "set-cookie": ["a=1", "b=2"], "content-type": "application/json" }).end('{"a":1}'),
	);
	const response = await fetchTarget(target);
	assert.deepEqual(
		[response.status, response.headers.getSetCookie(), await response.json()],
		[201, ["a=1", "b=2"], { a: 1 }],
	);
	const none = await listen(t, (_, response) => response.writeHead(204).end());
	assert.equal((await fetchTarget(none)).status, 204);
});

test("what a server says can't control a terminal", () => {
	assert.equal(printable("\u001b[2Jgone\r\n\u009b31m\u202e"), "\ufffd[2Jgone\ufffd\ufffd\ufffd31m\ufffd");
	assert.equal(printable("Zoë 李雷"), "Zoë 李雷");
	assert.equal(printable("x".repeat(1_000)).length, 301);
});
