import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer, type TestServer } from "../testing/harness.ts";

const BROADCAST_MS = 10;

/** Makes every broadcast take `BROADCAST_MS`, as in a large room, so that the server waits 20 ms after each. */
function makeRoomsLarge({ io }: TestServer): void {
	const { adapter } = io.sockets;
	const broadcast = adapter.broadcast.bind(adapter);
	adapter.broadcast = (...packet) => {
		const until = performance.now() + BROADCAST_MS;
		while (performance.now() < until);
		broadcast(...packet);
	};
}

test("M5 a user who joins while entries wait for a broadcast receives none twice, and one who leaves misses none", async (t) => {
	const server = await startServer(t);
	const [ada, bob, eve] = [await server.client("ada"), await server.client("bob"), await server.client("eve")];
	await ada.join("lobby");
	await eve.join("lobby");
	makeRoomsLarge(server);
	const twice: number[] = [];
	for (let round = 0; round < 5; round++) {
		await ada.send("lobby", "broadcast at once");
		const { seq } = await ada.send("lobby", "waits");
		let head = Number.POSITIVE_INFINITY;
		const onAppended = ({ entries }: { entries: { seq: number }[] }) =>
			twice.push(...entries.map((entry) => entry.seq).filter((received) => received <= head));
		bob.socket.on("room:appended", onAppended);
		head = (await bob.join("lobby")).seq;
		assert.equal(head, seq);
		const last = await ada.send("lobby", "waits as well");
		await bob.request("room:leave", { room: "lobby" });
		await bob.entry("lobby", last.seq);
		bob.socket.off("room:appended", onAppended);
	}
	assert.deepEqual(twice, []);
	await eve.entry("lobby", 15);
	assert.deepEqual(
		eve.entries("lobby").map(({ seq }) => seq),
		Array.from({ length: 15 }, (_, index) => index + 1),
	);
});
