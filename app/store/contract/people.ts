import assert from "node:assert/strict";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import { ADA, BEN, type OpenForTest, storeTest } from "./fixture.ts";

const audit = (act: NewAuditEntry["act"]): NewAuditEntry => ({ act, target: { user: ADA.id }, createdAt: 1 });
const SET = audit("set_role");

/** Roles, the claim of the chat, and who may come in. */
export function peopleContract(name: string, open: OpenForTest): void {
	storeTest(name, "O1 a chat is claimed once; of two claims at once one wins", open, async ({ store, reopen }) => {
		const claims = [ADA, BEN].map((user) => store.claim(user, 5, audit("claim")));
		assert.deepEqual((await Promise.all(claims)).sort(), [false, true]);
		const reopened = await reopen();
		assert.equal(await reopened.claim(BEN, 6, audit("claim")), false);
		const { people } = await reopened.people(0);
		assert.deepEqual(
			people.map(({ role, since, rev }) => [role, since, rev]),
			[["owner", 5, 1]],
		);
		assert.equal((await reopened.audit({ limit: 9 })).entries.length, 1);
	});

	storeTest(name, "O2 roles change and are read by revision", open, async ({ store, reopen }) => {
		assert.equal(await store.setRole({ ...ADA, role: "moderator", at: 1 }, SET), "changed");
		assert.equal(await store.setRole({ id: BEN.id, role: "guest", at: 2 }, SET), "changed");
		assert.equal(await store.setRole({ id: ADA.id, role: "member", at: 3 }, SET), "changed");
		const ben = { id: BEN.id, role: "guest", since: 2, rev: 2 };
		const ada = { ...ADA, role: "member", since: 3, rev: 3 };
		const reopened = await reopen();
		assert.deepEqual(await reopened.people(0), { people: [ben, ada] });
		assert.deepEqual(await reopened.people(2), { people: [ada] });
		assert.deepEqual(await reopened.people(3), { people: [] });
		assert.equal(await reopened.setRole({ id: ADA.id, at: 4 }, SET), "changed");
		assert.deepEqual(await reopened.people(3), { people: [{ ...ADA, since: 4, rev: 4 }] }, "a removal");
		assert.equal(await reopened.setRole({ id: ADA.id, at: 5 }, SET), "missing");
		assert.equal(await reopened.setRole({ id: "nobody", at: 5 }, SET), "missing");
		assert.equal((await reopened.audit({ limit: 9 })).entries.length, 4, "changes that were refused are not audited");
	});

	storeTest(name, "O3 the last owner keeps the role, also of two who leave at once", open, async ({ store }) => {
		await store.setRole({ ...ADA, role: "owner", at: 1 }, SET);
		for (const role of ["member", undefined] as const)
			assert.equal(await store.setRole({ ...ADA, ...(role && { role }), at: 2 }, SET), "last_owner");
		assert.equal(await store.setRole({ ...ADA, role: "owner", at: 3 }, SET), "changed");
		await store.setRole({ ...BEN, role: "owner", at: 4 }, SET);
		const leaving = [ADA, BEN].map((user) => store.setRole({ ...user, at: 5 }, SET));
		assert.deepEqual((await Promise.all(leaving)).sort(), ["changed", "last_owner"]);
	});

	storeTest(name, "O4 the access is stored", open, async ({ store, reopen }) => {
		assert.deepEqual(await store.people(0), { people: [] });
		await store.setAccess("members", audit("set_access"));
		await store.setAccess("invited", audit("set_access"));
		const reopened = await reopen();
		assert.deepEqual(await reopened.people(0), { people: [], access: "invited" });
		assert.equal((await reopened.audit({ limit: 9 })).entries.length, 2);
	});
}
