import assert from "node:assert/strict";
import type { Ban } from "../../room/ports/moderation.ts";
import { fill, type OpenForTest, storeTest } from "./fixture.ts";

const ADA: Ban = {
	kind: "user",
	target: "ada-00000001",
	name: "Ada 'x' \\ 🦊",
	createdAt: 10,
	reason: "--",
	by: "Eve",
};
const HOME: Ban = { kind: "address", target: "2001:db8:0:0::/64", until: 5_000, createdAt: 20 };
const LOBBY: Ban = { kind: "user", target: ADA.target, room: "lobby", until: 9_000, createdAt: 30 };

/** Bans and closed rooms. */
export function moderationContract(name: string, open: OpenForTest): void {
	storeTest(
		name,
		"A2 bans are stored after reopening, until they have ended by a clock that can be trusted, and no earlier",
		open,
		async ({ store, reopen }) => {
			await store.enact(
				[HOME, LOBBY, ADA].map((ban) => ({ kind: "ban", ban })),
				[],
			);
			const reopened = await reopen();
			assert.deepEqual((await reopened.activeModeration()).bans, [ADA, HOME, LOBBY], "reading deletes nothing");
			await reopened.dropEnded(5_000);
			assert.deepEqual((await reopened.activeModeration()).bans, [ADA, HOME, LOBBY]);
			await reopened.dropEnded(5_001);
			assert.deepEqual((await (await reopen()).activeModeration()).bans, [ADA, LOBBY]);
		},
	);

	storeTest(name, "A2 of two bans the one that ends later is active", open, async ({ store }) => {
		const until = (ms: number | undefined, reason: string): Ban => {
			const ban = { kind: "user", target: "ada", createdAt: 1, reason } as const;
			return ms === undefined ? ban : { ...ban, until: ms };
		};
		const reasonAfter = async (ban: Ban) => {
			await store.enact([{ kind: "ban", ban }], []);
			return (await store.activeModeration()).bans.map(({ reason }) => reason);
		};
		assert.deepEqual(await reasonAfter(until(100, "first")), ["first"]);
		assert.deepEqual(await reasonAfter(until(99, "shorter")), ["first"]);
		assert.deepEqual(await reasonAfter(until(101, "longer")), ["longer"]);
		assert.deepEqual(await reasonAfter(until(undefined, "permanent")), ["permanent"]);
		assert.deepEqual(await reasonAfter(until(999, "ends")), ["permanent"]);
	});

	storeTest(name, "A4 lifting a ban removes that ban and no other", open, async ({ store, reopen }) => {
		const twin: Ban = { kind: "address", target: ADA.target, createdAt: 40 };
		await store.enact(
			[ADA, LOBBY, twin].map((ban) => ({ kind: "ban", ban })),
			[],
		);
		await store.enact([{ kind: "unban", banned: { kind: "user", target: ADA.target } }], []);
		assert.deepEqual((await store.activeModeration()).bans, [LOBBY, twin]);
		await store.enact([{ kind: "unban", banned: { kind: "user", target: ADA.target, room: "lobby" } }], []);
		assert.deepEqual((await (await reopen()).activeModeration()).bans, [twin]);
	});

	storeTest(name, "A5 a closed room stays closed, also when it is removed", open, async ({ store, reopen }) => {
		await fill(store, "lobby", 1);
		for (const room of ["lobby", "attic", "lobby"]) await store.enact([{ kind: "room_closed", room }], []);
		await store.removeRoom("lobby");
		const reopened = await reopen();
		assert.deepEqual((await reopened.activeModeration()).closedRooms, ["attic", "lobby"]);
		await reopened.enact([{ kind: "room_reopened", room: "lobby" }], []);
		assert.deepEqual(await reopened.activeModeration(), { bans: [], closedRooms: ["attic"] });
	});
}
