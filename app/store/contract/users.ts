import assert from "node:assert/strict";
import type { User } from "../../protocol/session.ts";
import { ADA, BEN, type OpenForTest, storeTest } from "./fixture.ts";

const skeletonsOf = (name: string) => [`letters ${name}`, `shape ${name}`];
const renaming = ({ id }: User, name: string, expiresAt = 1_000) => ({
	...{ user: { id, name }, skeletons: skeletonsOf(name), expiresAt },
});
const passkeyOf = (user: User) => ({
	user,
	passkey: { id: `key of ${user.id}`, device: "Firefox on Linux", publicKey: "key", counter: 0, createdAt: 1 },
	session: { id: `session of ${user.id}`, device: "Firefox on Linux", createdAt: 1, expiresAt: 1_000 },
	skeletons: skeletonsOf(user.name),
	codeHashes: [`code of ${user.id}`],
});

/** Changes of users. */
export function usersContract(name: string, open: OpenForTest): void {
	storeTest(
		name,
		"K8 a new name is read by revision, until the sessions of the old one expire",
		open,
		async (under) => {
			const { store, reopen } = under;
			assert.equal(await store.users.rename(renaming(ADA, "Ada L")), true);
			assert.equal(await store.users.rename(renaming(BEN, "Benny", 2_000)), true);
			assert.equal(await store.users.rename(renaming(ADA, "Countess", 1_500)), true);
			const reopened = await reopen();
			const { users } = reopened;
			const [ben, ada] = [
				{ id: BEN.id, name: "Benny", rev: 2 },
				{ id: ADA.id, name: "Countess", rev: 3 },
			];
			assert.deepEqual(await users.changedUsers(0), [ben, ada]);
			assert.deepEqual(await users.changedUsers(2), [ada]);
			await reopened.dropEnded(2_001);
			assert.deepEqual(await users.changedUsers(0), [ada], "the newest stays, so that its revision is not used again");
			await users.rename(renaming(BEN, "Ben"));
			assert.deepEqual(await users.changedUsers(3), [{ ...BEN, rev: 4 }]);
		},
	);

	storeTest(
		name,
		"K8 a person with a passkey has the new name everywhere, and the old one is free",
		open,
		async (under) => {
			const { store } = under;
			for (const user of [ADA, BEN]) await store.accounts.addPasskey(passkeyOf(user));
			const room = {
				kind: "private",
				room: "~a",
				createdAt: 1,
				by: ADA,
				clientId: "c",
				title: "A",
				history: true,
			} as const;
			await store.createPrivateRoom(room);
			assert.equal(await store.users.rename(renaming(ADA, BEN.name)), false, "that of another person");
			assert.equal(await store.users.rename(renaming({ id: "guest", name: "Guest" }, BEN.name)), false);
			assert.equal(await store.users.rename(renaming(ADA, "Countess")), true);
			const renamed = { id: ADA.id, name: "Countess" };
			assert.deepEqual((await store.accounts.passkey(`key of ${ADA.id}`))?.user, renamed);
			assert.deepEqual(await store.accounts.useSignInCode(`code of ${ADA.id}`, 2), renamed);
			assert.deepEqual(await store.membersOf("~a"), [{ user: renamed, role: "owner" }]);
			const { people } = await store.people(2);
			assert.deepEqual(
				people.map(({ name, reservedName, role, rev }) => [name, reservedName, role, rev]),
				[["Countess", "Countess", "member", 3]],
			);
			assert.equal(await store.users.rename(renaming(BEN, ADA.name)), true, "nobody has it any more");
		},
	);

	storeTest(name, "K8 of two people who take one name at once, one gets it", open, async ({ store }) => {
		for (const user of [ADA, BEN]) await store.accounts.addPasskey(passkeyOf(user));
		const renamed = await Promise.all([ADA, BEN].map((user) => store.users.rename(renaming(user, "Countess"))));
		assert.deepEqual(renamed.sort(), [false, true]);
	});
}
