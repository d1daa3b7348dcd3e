import assert from "node:assert/strict";
import { INVITATION_USERS, MAX_INVITATIONS } from "../../protocol/limits.ts";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { NewInvitation, Redemption } from "../../room/ports/invitations.ts";
import type { Store } from "../../room/ports/store.ts";
import { ADA, BEN, type OpenForTest, storeTest, upTo } from "./fixture.ts";

const AUDIT: NewAuditEntry = { act: "invite", target: { invitation: "one" }, createdAt: 1 };
const ONE: NewInvitation = { id: "one", codeHash: "hash-1", uses: 2, createdAt: 10, expiresAt: 100, by: ADA };
const user = (number: number) => ({ id: `user-${number}`, name: `User ' ${number}` });

function redeem(store: Store, number: number, rest: Partial<Redemption> = {}) {
	return store.redeemInvitation({ codeHash: "hash-1", user: user(number), role: "guest", at: 20, ...rest });
}

/** Invitations. */
export function invitationsContract(name: string, open: OpenForTest): void {
	storeTest(name, "I1 an invitation is used up to its number of uses, and lists its users", open, async (under) => {
		const { store, reopen } = under;
		await store.createInvitation(ONE, AUDIT);
		await store.createInvitation({ ...ONE, id: "two", codeHash: "hash-2", room: "lobby", createdAt: 11 }, AUDIT);
		assert.deepEqual(await redeem(store, 1), { by: ADA });
		assert.deepEqual(await redeem(store, 2, { codeHash: "hash-2", at: 21 }), { room: "lobby", by: ADA });
		assert.deepEqual(await redeem(store, 3, { at: 22 }), { by: ADA });
		const reopened = await reopen();
		assert.equal(await redeem(reopened, 4), undefined);
		const [two, one] = await reopened.invitations(99);
		const { codeHash: _, ...first } = ONE;
		assert.deepEqual(one, {
			...{ ...first, used: 2 },
			usedBy: [
				{ ...user(3), at: 22 },
				{ ...user(1), at: 20 },
			],
		});
		assert.deepEqual([two?.id, two?.room, two?.used], ["two", "lobby", 1]);
		assert.deepEqual(
			(await reopened.people(0)).people.map(({ id, role }) => [id, role]),
			[1, 2, 3].map((number) => [user(number).id, "guest"]),
		);
	});

	storeTest(name, "I2 of many who redeem the last uses at once, that many win", open, async ({ store }) => {
		await store.createInvitation(ONE, AUDIT);
		const redeemed = await Promise.all(upTo(12).map((number) => redeem(store, number)));
		assert.equal(redeemed.filter((result) => result !== undefined).length, ONE.uses);
		assert.equal((await store.people(0)).people.length, ONE.uses);
	});

	storeTest(
		name,
		"I2 a person uses up nothing for a role that they have, and keeps a higher one",
		open,
		async (under) => {
			const { store } = under;
			await store.setRole({ ...BEN, role: "moderator", at: 1 }, AUDIT);
			await store.createInvitation(ONE, AUDIT);
			for (const role of ["guest", "member"] as const)
				assert.deepEqual(await redeem(store, 0, { user: BEN, role }), { by: ADA });
			for (const _ of [1, 2]) assert.deepEqual(await redeem(store, 1), { by: ADA });
			assert.deepEqual(await redeem(store, 1, { role: "member" }), { by: ADA }, "a guest becomes a member");
			assert.equal((await store.invitations(20))[0]?.used, 2);
			assert.deepEqual(
				(await store.people(0)).people.map(({ id, role }) => [id, role]),
				[
					[BEN.id, "moderator"],
					[user(1).id, "member"],
				],
			);
		},
	);

	storeTest(
		name,
		"I3 expired, revoked and unknown invitations can't be used or revoked",
		open,
		async ({ store, reopen }) => {
			await store.createInvitation(ONE, AUDIT);
			assert.equal(await redeem(store, 1, { at: 100 }), undefined);
			assert.equal(await redeem(store, 1, { codeHash: "hash-9" }), undefined);
			assert.deepEqual(await redeem(store, 1, { at: 99 }), { by: ADA });
			assert.equal(await store.revokeInvitation("one", 100, AUDIT), false);
			assert.equal(await store.revokeInvitation("two", 20, AUDIT), false);
			assert.equal(await store.revokeInvitation("one", 99, AUDIT), true);
			assert.equal(await store.revokeInvitation("one", 99, AUDIT), false);
			const reopened = await reopen();
			assert.equal(await redeem(reopened, 2), undefined);
			assert.deepEqual(await reopened.invitations(20), []);
			assert.equal((await reopened.audit({ limit: 9 })).entries.length, 2);
		},
	);

	storeTest(
		name,
		"I5 an invitation to a private room is used once by each who is not in it",
		open,
		async ({ store }) => {
			const room = "~attic";
			const newRoom = { room, kind: "private", createdAt: 1, by: ADA, title: "The Attic", history: true } as const;
			await store.createPrivateRoom({ ...newRoom, clientId: "c-1" });
			await store.createInvitation({ ...ONE, room, uses: 3 }, AUDIT);
			await store.setRole({ ...BEN, role: "moderator", at: 1 }, AUDIT);
			const redeemed = { room, by: ADA };
			assert.deepEqual(await redeem(store, 0, { user: ADA, role: "guest" }), redeemed, "a member");
			assert.deepEqual(await redeem(store, 0, { user: BEN }), redeemed, "a moderator of the chat");
			assert.equal(await redeem(store, 0, { user: BEN }), undefined, "again, without having become a member");
			await store.append([{ kind: "member", room, by: ADA, user: BEN, role: "member", createdAt: 2 }]);
			assert.deepEqual(await redeem(store, 0, { user: BEN }), redeemed, "again, as a member");
			assert.deepEqual(await redeem(store, 1), redeemed);
			assert.equal(await redeem(store, 2), undefined, "used up");
			const [{ used, usedBy } = {}] = await store.invitations(20);
			assert.deepEqual([used, usedBy?.length], [3, 3]);
		},
	);

	storeTest(name, "I3 a removed person needs an invitation again", open, async ({ store }) => {
		await store.createInvitation({ ...ONE, uses: 1 }, AUDIT);
		await redeem(store, 1);
		await store.setRole({ id: user(1).id, at: 30 }, AUDIT);
		assert.equal(await redeem(store, 1), undefined);
	});

	storeTest(
		name,
		"I4 the number of invitations is bounded, and so are the users that one names",
		open,
		async (under) => {
			const { store } = under;
			const invitation = (number: number) => ({ ...ONE, id: `${number}`, codeHash: `hash-${number}`, uses: 30 });
			for (const number of upTo(MAX_INVITATIONS)) assert.ok(await store.createInvitation(invitation(number), AUDIT));
			assert.equal(await store.createInvitation(invitation(0), AUDIT), false);
			for (const number of upTo(30)) await redeem(store, number, { at: 10 + number });
			const used = (await store.invitations(20)).find(({ id }) => id === "1");
			assert.deepEqual(
				used?.usedBy.map(({ at }) => at),
				upTo(INVITATION_USERS).map((number) => 41 - number),
			);
			assert.ok(await store.createInvitation(invitation(1_000), AUDIT), "a used-up one does not count");
			assert.ok(await store.createInvitation({ ...invitation(0), createdAt: 100, expiresAt: 200 }, AUDIT));
			assert.deepEqual(
				(await store.invitations(0)).map(({ id }) => id),
				["0"],
				"expired ones are deleted",
			);
		},
	);
}
