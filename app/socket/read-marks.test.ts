import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startServer } from "../testing/harness.ts";

describe("read marks", () => {
	test("U1 U3 a mark is the same on all devices of a user", async (t) => {
		const server = await startServer(t);
		const [laptop, bob] = [await server.client("ada"), await server.client("bob")];
		const phone = await server.connect(laptop.session);
		const { epoch, read } = await laptop.join("lobby");
		assert.equal(read, undefined);
		for (const other of [phone, bob]) await other.join("lobby");
		for (const number of [1, 2, 3]) await bob.send("lobby", `${number}`);
		await laptop.entry("lobby", 3);
		assert.deepEqual(await laptop.request("room:read", { room: "lobby", epoch, seq: 2 }), { ok: true, data: {} });
		assert.deepEqual(await phone.next("read:moved"), { room: "lobby", epoch, seq: 2 });

		const tablet = await server.connect(laptop.session);
		assert.equal((await tablet.join("lobby")).read, 2);
		await tablet.request("room:read", { room: "lobby", epoch, seq: 0, back: true });
		await phone.next("read:moved", ({ seq, back }) => seq === 0 && back === true);
		assert.equal((await laptop.join("lobby", { epoch, seq: 3 })).read, 0);
		assert.deepEqual([bob.received("read:moved"), tablet.received("read:moved")], [[], []]);
	});
});
