import assert from "node:assert/strict";
import { test } from "node:test";
import { keepForDays } from "./retention.ts";
import { startServer } from "./testing/harness.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

for (const days of [0, 30])
	test(`R1 rooms without messages and members are removed after a day (${days} days)`, async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada");
		for (const room of ["occupied", "left", "said"]) await ada.join(room);
		await ada.send("said", "hello");
		for (const room of ["left", "said"]) await ada.request("room:leave", { room });
		const rooms = async () => (await server.store.rooms(10)).map(({ room }) => room).sort();
		const done = Promise.withResolvers<void>();
		const retained = {
			prune: (before: number) => server.chat.rooms.prune(before),
			// Pretends that it is two days later.
			pruneEmpty: async (before: number) => {
				assert.equal(await server.chat.rooms.pruneEmpty(before), 0);
				const pruned = await server.chat.rooms.pruneEmpty(before + 2 * DAY_MS);
				done.resolve();
				return pruned;
			},
		};
		t.after(keepForDays({ rooms: retained, readMarks: server.chat.readMarks }, days, done.reject));
		await done.promise;
		assert.deepEqual(await rooms(), ["occupied", "said"]);
		await ada.send("occupied", "still here");
	});
