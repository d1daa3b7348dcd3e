import assert from "node:assert/strict";
import type { User } from "../../protocol/session.ts";
import type { MessagePlaces } from "../../room/ports/users.ts";
import { ADA, BEN, type OpenForTest, reaction, removalBy, storeTest, text } from "./fixture.ts";

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

	storeTest(name, "K9 the places of one's messages, in rooms that one may read, in pages", open, async ({ store }) => {
		const room = {
			kind: "private",
			room: "~a",
			createdAt: 1,
			by: BEN,
			clientId: "c",
			title: "A",
			history: false,
		} as const;
		await store.createPrivateRoom(room);
		await store.append([{ kind: "member", room: "~a", by: BEN, user: ADA, role: "member", createdAt: 2 }]);
		await store.append([text("lobby", "one"), text("~a", "in private"), text("lobby", "two"), text("lobby", "three")]);
		await store.append([
			text("lobby", "by ben", { author: BEN }),
			reaction(ADA, "lobby", 1, "👍"),
			removalBy(ADA, "lobby", 3),
		]);
		async function placesOf(limit: number) {
			const found: string[] = [];
			for (let after: string | undefined = ""; after !== undefined; ) {
				const page: MessagePlaces = await store.users.messagePlaces(ADA.id, after, limit);
				found.push(...page.places.map(({ room, seq }) => `${room} ${seq}`));
				after = page.next;
			}
			return found.sort();
		}
		const inPrivate = (await store.history("~a", { limit: 1 })).messages[0]!.seq;
		assert.deepEqual(await placesOf(2), ["lobby 1", "lobby 2", `~a ${inPrivate}`]);
		assert.deepEqual(await placesOf(100), await placesOf(1));
		await store.append([{ kind: "member", room: "~a", by: BEN, user: ADA, createdAt: 3 }]);
		assert.deepEqual(await placesOf(100), ["lobby 1", "lobby 2"]);
		await store.append([{ kind: "member", room: "~a", by: BEN, user: ADA, role: "member", createdAt: 4 }]);
		assert.deepEqual(await placesOf(100), ["lobby 1", "lobby 2"], "said before they joined, again");
		assert.deepEqual(await store.users.messagePlaces("nobody", "", 9), { places: [] });
	});

	storeTest(
		name,
		"K10 a removed user has no role, passkey, code, name, mark or invitation left",
		open,
		async (under) => {
			const { store, reopen } = under;
			for (const user of [ADA, BEN]) await store.accounts.addPasskey(passkeyOf(user));
			await store.append([text("lobby", "one")]);
			const { epoch } = await store.open("lobby", 0);
			const mark = { room: "lobby", user: ADA.id, epoch };
			await store.moveReadMarks([{ ...mark, seq: 1, movedAt: 1 }]);
			const invitation = { id: "i", codeHash: "h", uses: 2, createdAt: 1, expiresAt: 9_000, by: ADA };
			await store.createInvitation(invitation, { act: "invite", target: {}, createdAt: 1 });
			assert.equal(await store.users.remove(ADA.id, 1_000), true);
			const reopened = await reopen();
			assert.deepEqual(await reopened.users.changedUsers(0), [{ id: ADA.id, rev: 1 }]);
			assert.deepEqual(await reopened.accounts.passkeys(ADA.id), { passkeys: [], recoveryCodes: 0 });
			assert.equal(await reopened.accounts.passkey(`key of ${ADA.id}`), undefined);
			assert.equal(await reopened.accounts.useSignInCode(`code of ${ADA.id}`, 2), undefined);
			assert.deepEqual(await reopened.readMarks([mark]), [undefined]);
			assert.deepEqual(await reopened.invitations(2), []);
			assert.deepEqual((await reopened.people(2)).people, [{ id: ADA.id, since: 1, rev: 3 }]);
			assert.equal((await reopened.accounts.passkeys(BEN.id)).passkeys.length, 1, "those of others stay");
			assert.equal(await reopened.users.rename(renaming(BEN, ADA.name)), true, "the name is free");
		},
	);

	storeTest(name, "K10 O3 the last owner stays, also of two who remove themselves at once", open, async ({ store }) => {
		const audit = { act: "set_role", target: {}, createdAt: 1 } as const;
		for (const user of [ADA, BEN]) await store.setRole({ ...user, role: "owner", at: 1 }, audit);
		const removed = await Promise.all([ADA, BEN].map(({ id }) => store.users.remove(id, 1_000)));
		assert.deepEqual(removed.sort(), [false, true]);
	});
}
