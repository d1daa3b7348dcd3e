import assert from "node:assert/strict";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { Ban } from "../../room/ports/moderation.ts";
import { AUDIT_ENTRIES } from "../moderation-rows.ts";
import { fill, type OpenForTest, removal, storeTest, text, upTo } from "./fixture.ts";

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

const entry = (number: number): NewAuditEntry => ({ act: "notice", target: { text: `${number}` }, createdAt: number });

/** What an admin decided, and the audit log. */
export function moderatingContract(name: string, open: OpenForTest): void {
	storeTest(name, "A2 bans are there after reopening, until they end", open, async ({ store, reopen }) => {
		await store.enact(
			[HOME, LOBBY, ADA].map((ban) => ({ kind: "ban", ban })),
			[],
		);
		const reopened = await reopen();
		assert.deepEqual((await reopened.activeModeration(4_999)).bans, [ADA, HOME, LOBBY]);
		assert.deepEqual((await reopened.activeModeration(5_000)).bans, [ADA, LOBBY]);
		assert.deepEqual((await reopened.activeModeration(0)).bans, [ADA, LOBBY], "what has ended is dropped");
	});

	storeTest(name, "A2 of two bans the one that ends later is in force", open, async ({ store }) => {
		const until = (ms: number | undefined, reason: string): Ban => {
			const ban = { kind: "user", target: "ada", createdAt: 1, reason } as const;
			return ms === undefined ? ban : { ...ban, until: ms };
		};
		const reasonAfter = async (ban: Ban) => {
			await store.enact([{ kind: "ban", ban }], []);
			return (await store.activeModeration(0)).bans.map(({ reason }) => reason);
		};
		assert.deepEqual(await reasonAfter(until(100, "first")), ["first"]);
		assert.deepEqual(await reasonAfter(until(99, "shorter")), ["first"]);
		assert.deepEqual(await reasonAfter(until(101, "longer")), ["longer"]);
		assert.deepEqual(await reasonAfter(until(undefined, "for good")), ["for good"]);
		assert.deepEqual(await reasonAfter(until(999, "ends")), ["for good"]);
	});

	storeTest(name, "A4 a ban that is lifted is gone, and no other", open, async ({ store, reopen }) => {
		const twin: Ban = { kind: "address", target: ADA.target, createdAt: 40 };
		await store.enact(
			[ADA, LOBBY, twin].map((ban) => ({ kind: "ban", ban })),
			[],
		);
		await store.enact([{ kind: "unban", banned: { kind: "user", target: ADA.target } }], []);
		assert.deepEqual((await store.activeModeration(0)).bans, [LOBBY, twin]);
		await store.enact([{ kind: "unban", banned: { kind: "user", target: ADA.target, room: "lobby" } }], []);
		assert.deepEqual((await (await reopen()).activeModeration(0)).bans, [twin]);
	});

	storeTest(name, "A5 a closed room stays closed, also when it is removed", open, async ({ store, reopen }) => {
		await fill(store, "lobby", 1);
		for (const room of ["lobby", "attic", "lobby"]) await store.enact([{ kind: "room_closed", room }], []);
		await store.removeRoom("lobby");
		const reopened = await reopen();
		assert.deepEqual((await reopened.activeModeration(0)).closedRooms, ["attic", "lobby"]);
		await reopened.enact([{ kind: "room_reopened", room: "lobby" }], []);
		assert.deepEqual(await reopened.activeModeration(0), { bans: [], closedRooms: ["attic"] });
	});

	storeTest(name, "A6 the audit log is read newest first, by pages", open, async ({ store, reopen }) => {
		const full: NewAuditEntry = {
			act: "ban",
			target: { user: "ada", name: "Ada", address: "::/64", room: "' %_\"", seq: 7, until: 8 },
			createdAt: 9,
			reason: "汉字🎉 ' -- \\",
			by: "Eve",
		};
		await store.enact([], upTo(4).map(entry));
		await store.enact([{ kind: "ban", ban: ADA }], [full]);
		const reopened = await reopen();
		const first = await reopened.audit({ limit: 2 });
		assert.equal(first.more, true);
		assert.deepEqual(
			first.entries.map(({ id, ...rest }) => rest),
			[full, entry(4)],
		);
		const before = first.entries.at(-1)!.id;
		const rest = await reopened.audit({ before, limit: 10 });
		assert.equal(rest.more, false);
		assert.deepEqual(
			rest.entries.map(({ target }) => target.text),
			["3", "2", "1"],
		);
		assert.deepEqual(await reopened.audit({ before: rest.entries.at(-1)!.id, limit: 10 }), {
			entries: [],
			more: false,
		});
	});

	storeTest(name, "A6 an order and its entry are stored together or not at all", open, async ({ store }) => {
		const broken = { ...entry(1), createdAt: "yesterday" as unknown as number };
		await assert.rejects(store.enact([{ kind: "ban", ban: ADA }], [broken]));
		assert.deepEqual(await store.activeModeration(0), { bans: [], closedRooms: [] });
		assert.deepEqual((await store.audit({ limit: 10 })).entries, []);
	});

	storeTest(name, "A6 what is removed and its entry are stored together, once", open, async ({ store }) => {
		const audit = (act: "remove_message" | "remove_room"): NewAuditEntry => ({
			act,
			target: { room: "lobby" },
			createdAt: 1,
		});
		await store.append([text("lobby", "one"), text("lobby", "two")]);
		const remove = { ...removal("lobby", 2), audit: audit("remove_message") };
		const missing = { ...removal("lobby", 9), audit: audit("remove_message") };
		const answers = await store.append([text("lobby", "three"), missing, remove]);
		assert.deepEqual(
			answers.map(({ outcome }) => outcome),
			["appended", "missing", "appended"],
		);
		assert.equal((await store.append([remove]))[0]?.outcome, "repeated");
		assert.equal(await store.removeRoom("lobby", audit("remove_room")), true);
		assert.equal(await store.removeRoom("lobby", audit("remove_room")), false);
		assert.deepEqual(
			(await store.audit({ limit: 10 })).entries.map(({ act }) => act),
			["remove_room", "remove_message"],
		);
	});

	storeTest(name, "A6 the audit log keeps its newest entries, up to a bound", open, async ({ store }) => {
		const step = 10_000;
		for (let first = 1; first <= AUDIT_ENTRIES; first += step)
			await store.enact([], upTo(first + step - 1, first).map(entry));
		await store.enact([], [entry(AUDIT_ENTRIES + 1), entry(AUDIT_ENTRIES + 2)]);
		const { entries, more } = await store.audit({ limit: AUDIT_ENTRIES });
		assert.equal(more, false);
		assert.equal(entries.length, AUDIT_ENTRIES);
		assert.deepEqual([entries[0]?.createdAt, entries.at(-1)?.createdAt], [AUDIT_ENTRIES + 2, 3]);
	});
}
