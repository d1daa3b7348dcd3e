import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { test } from "node:test";
import { StoreUnavailable } from "../../room/ports/store.ts";
import { Connections } from "./connections.ts";

test("while the server is unreachable, calls are refused at once, and few of them try to connect", async () => {
	let attempts = 0;
	const server = createServer((socket) => {
		attempts++;
		socket.destroy();
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	const connections = new Connections(
		`postgres://hubbub@127.0.0.1:${(server.address() as AddressInfo).port}/hubbub`,
		2,
	);
	try {
		for (let call = 0; call < 500; call++)
			await assert.rejects(connections.query("SELECT 1", []), (error) => error instanceof StoreUnavailable);
		assert.ok(attempts >= 1 && attempts < 50, `${attempts} attempts`);
	} finally {
		await connections.close();
		server.close();
	}
});
