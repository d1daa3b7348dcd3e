import assert from "node:assert/strict";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { Ban } from "../../room/ports/moderation.ts";
import { AUDIT_ENTRIES } from "../audit-row.ts";
import { type OpenForTest, removal, storeTest, text, upTo } from "./fixture.ts";

const BAN: Ban = { kind: "user", target: "ada-00000001", createdAt: 10 };
const entry = (number: number): NewAuditEntry => ({ act: "notice", target: { text: `${number}` }, createdAt: number });

/** The audit log. */
export function auditContract(name: string, open: OpenForTest): void {
	storeTest(name, "A6 the audit log is read newest first, in pages", open, async ({ store, reopen }) => {
		const full: NewAuditEntry = {
			act: "ban",
			target: { user: "ada", name: "Ada", address: "::/64", room: "' %_\"", seq: 7, until: 8 },
			createdAt: 9,
			reason: "汉字🎉 ' -- \\",
			by: "Eve",
		};
		await store.enact([], upTo(4).map(entry));
		await store.enact([{ kind: "ban", ban: BAN }], [full]);
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

	storeTest(name, "A6 a command and its audit entry are stored together or not at all", open, async ({ store }) => {
		const broken = { ...entry(1), createdAt: "yesterday" as unknown as number };
		await assert.rejects(store.enact([{ kind: "ban", ban: BAN }], [broken]));
		assert.deepEqual(await store.activeModeration(), { bans: [], closedRooms: [] });
		assert.deepEqual((await store.audit({ limit: 10 })).entries, []);
	});

	storeTest(name, "A6 a removal and its audit entry are stored together, once", open, async ({ store }) => {
		const audit = (act: "remove_message" | "remove_room"): NewAuditEntry => ({
			act,
			target: { room: "lobby" },
			createdAt: 1,
		});
		await store.append([text("lobby", "one"), text("lobby", "two")]);
		const remove = { ...removal("lobby", 2), audit: audit("remove_message") };
		const missing = { ...removal("lobby", 9), audit: audit("remove_message") };
		const outcomes = await store.append([text("lobby", "three"), missing, remove]);
		assert.deepEqual(
			outcomes.map(({ outcome }) => outcome),
			["appended", "refused", "appended"],
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
