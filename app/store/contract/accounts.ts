import assert from "node:assert/strict";
import { MAX_PASSKEYS, MAX_SESSIONS } from "../../protocol/limits.ts";
import type { User } from "../../protocol/session.ts";
import type { Passkey, PasskeyAddition, StoredSession } from "../../room/ports/accounts.ts";
import { ADA, BEN, type OpenForTest, storeTest, upTo } from "./fixture.ts";

const passkey = (id: string, rest: Partial<Passkey> = {}): Passkey => ({
	...{ id, device: "Firefox on Linux", publicKey: `key of ${id}`, counter: 0 },
	...{ createdAt: 10, ...rest },
});
const session = (id: string, createdAt = 10): StoredSession => ({
	...{ id, device: "Safari on iPhone", createdAt, expiresAt: createdAt + 1_000 },
});

function addition(user: User, id: string, rest: Partial<PasskeyAddition> = {}): PasskeyAddition {
	const codeHashes = upTo(3).map((number) => `${user.id} ${number}`);
	const skeletons = [`letters ${user.name}`, `shape ${user.name}`];
	return { user, passkey: passkey(id), session: session(`session of ${user.id}`), skeletons, codeHashes, ...rest };
}

/** Passkeys, recovery codes, sign-in links and sessions. */
export function accountsContract(name: string, open: OpenForTest): void {
	storeTest(name, "K1 a first passkey makes an account, a member and codes", open, async ({ store, reopen }) => {
		assert.equal(await store.accounts.addPasskey(addition(ADA, "one")), "first");
		assert.equal(await store.accounts.addPasskey(addition(ADA, "two", { codeHashes: ["unused"] })), "added");
		assert.equal(await store.accounts.addPasskey(addition(BEN, "one")), "known");
		const reopened = await reopen();
		const { accounts } = reopened;
		assert.deepEqual(await accounts.passkey("one"), { ...passkey("one"), user: ADA });
		assert.equal(await accounts.passkey("three"), undefined);
		const info = (id: string) => ({ id, device: "Firefox on Linux", createdAt: 10 });
		assert.deepEqual(await accounts.passkeys(ADA.id), { passkeys: [info("one"), info("two")], recoveryCodes: 3 });
		assert.deepEqual(await accounts.passkeys(BEN.id), { passkeys: [], recoveryCodes: 0 });
		assert.deepEqual(await reopened.people(0), {
			people: [{ ...ADA, role: "member", reservedName: ADA.name, since: 10, rev: 1 }],
		});
		assert.deepEqual(await accounts.sessions(ADA.id, 11), [session(`session of ${ADA.id}`)]);
	});

	storeTest(name, "K1 the first passkey raises a guest, and no other role", open, async ({ store }) => {
		const audit = { act: "set_role", target: {}, createdAt: 1 } as const;
		const users = ["guest", "moderator", "removed"].map((role, at) => ({ id: `user-${at}`, name: role }));
		for (const { id, name: role } of users)
			await store.setRole({ id, role: role === "moderator" ? role : "guest", at: 1 }, audit);
		await store.setRole({ id: users[2]!.id, at: 2 }, audit);
		for (const user of users) await store.accounts.addPasskey(addition(user, `key of ${user.name}`));
		const { people } = await store.people(0);
		assert.deepEqual(
			people.map(({ name, role, since, reservedName }) => [name, role, since, reservedName]),
			[
				["guest", "member", 10, "guest"],
				["moderator", "moderator", 1, "moderator"],
				["removed", undefined, 2, "removed"],
			],
		);
	});

	storeTest(name, "K2 of two people who add a first passkey under one name at once, one wins", open, async (under) => {
		const { accounts } = under.store;
		const skeletons = ["letters ada", "shape ada"];
		const added = await Promise.all(
			[ADA, BEN].map((user, at) => accounts.addPasskey(addition(user, `key ${at}`, { skeletons }))),
		);
		assert.deepEqual(added.sort(), ["first", "name_taken"]);
		const another = { id: "cem", name: "Cem" };
		assert.equal(await accounts.addPasskey(addition(another, "key 2", { skeletons: ["shape ada"] })), "name_taken");
	});

	storeTest(name, "K3 a passkey is used once for a challenge", open, async ({ store: { accounts } }) => {
		await accounts.addPasskey(addition(ADA, "one"));
		const use = (challengedAt: number) => accounts.usePasskey("one", { counter: 7, challengedAt, at: 50 });
		assert.deepEqual([await use(40), await use(40), await use(39)], [true, false, false]);
		assert.deepEqual((await Promise.all([use(41), use(41)])).sort(), [false, true]);
		const used = await accounts.passkey("one");
		assert.deepEqual([used?.counter, used?.usedAt], [7, 50]);
		assert.equal(await accounts.usePasskey("two", { counter: 1, challengedAt: 90, at: 91 }), false);
	});

	storeTest(name, "K4 a person keeps a passkey, and has a bounded number", open, async ({ store: { accounts } }) => {
		for (const number of upTo(MAX_PASSKEYS))
			await accounts.addPasskey(addition(ADA, `key ${number}`, { passkey: passkey(`key ${number}`) }));
		assert.equal(await accounts.addPasskey(addition(ADA, "one more")), "full");
		assert.equal(await accounts.removePasskey(BEN.id, "key 1"), "missing");
		assert.equal(await accounts.removePasskey(ADA.id, "key 0"), "missing");
		for (const number of upTo(MAX_PASSKEYS, 3))
			assert.equal(await accounts.removePasskey(ADA.id, `key ${number}`), "removed");
		const removed = await Promise.all([1, 2].map((number) => accounts.removePasskey(ADA.id, `key ${number}`)));
		assert.deepEqual(removed.sort(), ["last", "removed"]);
	});

	storeTest(name, "K5 a recovery code is used once; new codes replace the old ones", open, async (under) => {
		const { store, reopen } = under;
		await store.accounts.addPasskey(addition(ADA, "one"));
		const used = await Promise.all([1, 2].map(() => store.accounts.useSignInCode(`${ADA.id} 1`, 20)));
		assert.deepEqual(used.filter(Boolean), [ADA]);
		const { accounts } = await reopen();
		assert.equal(await accounts.useSignInCode("wrong", 20), undefined);
		assert.equal((await accounts.passkeys(ADA.id)).recoveryCodes, 2);
		assert.equal(await accounts.replaceRecoveryCodes(ADA.id, ["new"]), true);
		assert.equal(await accounts.replaceRecoveryCodes(BEN.id, ["other"]), false);
		assert.equal(await accounts.useSignInCode(`${ADA.id} 2`, 20), undefined);
		assert.deepEqual(await accounts.useSignInCode("new", 20), ADA);
	});

	storeTest(
		name,
		"K6 a link is used once and until it expires; one at a time",
		open,
		async ({ store: { accounts } }) => {
			const link = (codeHash: string) => ({ codeHash, expiresAt: 100 });
			await accounts.addSignInLink(BEN, session("of ben"), link("old"));
			await accounts.addSignInLink(BEN, session("of ben"), link("new"));
			assert.equal(await accounts.useSignInCode("old", 20), undefined);
			assert.equal(await accounts.useSignInCode("new", 100), undefined);
			assert.deepEqual(await accounts.useSignInCode("new", 99), BEN);
			assert.equal(await accounts.useSignInCode("new", 99), undefined);
			assert.deepEqual(await accounts.sessions(BEN.id, 20), [session("of ben")]);
			await accounts.addSignInLink(BEN, session("of ben"), link("ended"));
			await accounts.endSessions(BEN.id, { except: "of ben" });
			assert.equal(await accounts.useSignInCode("ended", 20), undefined);
		},
	);

	storeTest(
		name,
		"K7 sessions end one by one, all others at once, and the oldest for one more",
		open,
		async (under) => {
			const { store, reopen } = under;
			const ids = (sessions: { id: string }[]) => sessions.map(({ id }) => id);
			for (const number of upTo(MAX_SESSIONS))
				assert.deepEqual(await store.accounts.addSession(ADA.id, session(`s${number}`, number)), []);
			await store.accounts.addSession(BEN.id, session("of ben", 1));
			const oldest = await store.accounts.addSession(ADA.id, session("newest", 99));
			assert.deepEqual(oldest, [{ id: "s1", expiresAt: 1_001 }]);
			assert.deepEqual(await store.accounts.endSessions(BEN.id, { only: "s2" }), [], "somebody else's");
			assert.deepEqual(ids(await store.accounts.endSessions(ADA.id, { only: "s2" })), ["s2"]);
			await store.revokeSession("s3", 1_003);
			const reopened = await reopen();
			assert.deepEqual(ids(await reopened.accounts.sessions(ADA.id, 1_005)).at(-1), "s6", "without expired ones");
			const others = await reopened.accounts.endSessions(ADA.id, { except: "newest" });
			assert.equal(others.length, MAX_SESSIONS - 3, "s4 to s50");
			assert.deepEqual(ids(await reopened.accounts.sessions(ADA.id, 0)), ["newest"]);
			assert.deepEqual(ids(await reopened.accounts.sessions(BEN.id, 0)), ["of ben"]);
			assert.equal((await reopened.revokedSessions()).length, MAX_SESSIONS);
			await reopened.dropEnded(1_100);
			assert.deepEqual(await reopened.accounts.sessions(ADA.id, 0), []);
		},
	);
}
