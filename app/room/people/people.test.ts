import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CLAIM_CODE, flushPromises, openDomain, refusalOf } from "../../testing/domain.ts";
import { INTERVAL_MS } from "./people.ts";

const ADA = { id: "u-ada", name: "ada" };
const BEN = { id: "u-ben", name: "ben" };

describe("the claim of a chat", () => {
	test("O1 the right code makes the first user the owner; every failure is the same", async () => {
		const { chat, store } = openDomain();
		const wrong = await chat.roles.claim(ADA, "wrong");
		assert.equal(refusalOf(wrong), "not_found");
		assert.deepEqual(await chat.roles.claim(ADA, CLAIM_CODE), { ok: true, data: { user: { ...ADA, role: "owner" } } });
		assert.deepEqual(await chat.roles.claim(BEN, CLAIM_CODE), wrong);
		assert.deepEqual(
			store.audited.map(({ act, by }) => [act, by]),
			[["claim", "ada (u-ada)"]],
		);
	});
});

describe("roles", () => {
	test("O2 only an owner changes roles; the user sees their own", async () => {
		const { chat } = openDomain();
		await chat.roles.claim(ADA, CLAIM_CODE);
		const request = { user: BEN.id, name: BEN.name, role: "moderator" } as const;
		assert.equal(refusalOf(await chat.roles.set(BEN, request)), "forbidden");
		assert.ok((await chat.roles.set(ADA, request)).ok);
		assert.deepEqual(chat.people.userOf(BEN), { ...BEN, role: "moderator" });
		assert.equal(refusalOf(await chat.roles.set(BEN, { ...request, role: "owner" })), "forbidden");
		assert.equal(refusalOf(await chat.roles.remove(BEN, ADA.id)), "forbidden");
		await chat.roles.set(ADA, { ...request, role: "guest" });
		assert.deepEqual(chat.people.userOf(BEN), BEN);
		const list = chat.roles.list(ADA, { offset: 0, limit: 1 });
		assert.deepEqual(list.ok && [list.data.people.map(({ id }) => id), list.data.more], [[ADA.id], true]);
		assert.equal(refusalOf(chat.roles.list(BEN, { offset: 0, limit: 1 })), "forbidden");
	});

	test("O3 the last owner is neither demoted nor removed", async () => {
		const { chat } = openDomain();
		await chat.roles.claim(ADA, CLAIM_CODE);
		assert.equal(refusalOf(await chat.roles.set(ADA, { user: ADA.id, role: "member" })), "forbidden");
		assert.equal(refusalOf(await chat.roles.remove("admin", ADA.id)), "forbidden");
		await chat.roles.set(ADA, { user: BEN.id, role: "owner" });
		assert.ok((await chat.roles.remove(ADA, ADA.id)).ok);
		assert.equal(refusalOf(await chat.roles.remove("admin", ADA.id)), "not_found user");
	});
});

describe("who may come in", () => {
	test("O4 closing the access disconnects strangers at once, and nobody else", async () => {
		const { chat, connect, broadcast } = openDomain();
		const [ada, ben, cem] = [connect("ada"), connect("ben"), connect("cem")];
		broadcast.connected.push({ connection: { ...connect("load"), hasLoadToken: true }, address: "192.0.2.1" });
		broadcast.connected.splice(3, 1);
		await chat.roles.claim(ada.user, CLAIM_CODE);
		await chat.roles.set("admin", { user: ben.user.id, role: "guest" });
		await chat.roles.setAccess(ada.user, "invited");
		assert.deepEqual(broadcast.disconnected.splice(0), [`connection ${cem.id}: access_ended`]);
		assert.equal(refusalOf(chat.people.entryRefusal(cem.user.id)!), "unauthorized");
		assert.equal(chat.people.entryRefusal(ben.user.id), undefined);
		await chat.roles.setAccess("admin", "members");
		assert.ok(broadcast.disconnected.splice(0).includes(`connection ${ben.id}: access_ended`));
		assert.deepEqual(chat.people.entryRefusal(undefined), chat.people.entryRefusal(ben.user.id));
		assert.equal(refusalOf(await chat.roles.setAccess(ben.user, "open")), "forbidden");
	});

	test("O4 a removed person is disconnected where the chat is not open", async () => {
		const { chat, connect, broadcast } = openDomain();
		const ben = connect("ben");
		await chat.roles.set("admin", { user: ben.user.id, role: "member" });
		await chat.roles.remove("admin", ben.user.id);
		assert.deepEqual(broadcast.disconnected, []);
		await chat.roles.set("admin", { user: ben.user.id, role: "member" });
		await chat.roles.setAccess("admin", "members");
		await chat.roles.remove("admin", ben.user.id);
		assert.deepEqual(broadcast.disconnected, [`connection ${ben.id}: access_ended`]);
	});

	test("O4 changes of another process are found without a cluster message, within 30 seconds", async () => {
		const { chat, store, clock, connect, broadcast } = openDomain({ isStoreShared: true });
		const ben = connect("ben");
		const audit = { act: "set_access", target: {}, createdAt: 1 } as const;
		await store.setAccess("invited", audit);
		clock.advance(INTERVAL_MS);
		await flushPromises();
		assert.deepEqual(broadcast.disconnected, [`connection ${ben.id}: access_ended`]);
		await store.setRole({ id: ben.user.id, role: "guest", at: 1 }, audit);
		clock.advance(INTERVAL_MS);
		await flushPromises();
		assert.equal(chat.people.entryRefusal(ben.user.id), undefined);
	});
});

describe("invitations", () => {
	test("I1 owners and moderators create, list and revoke them; the code is in no list", async () => {
		const { chat } = openDomain();
		await chat.roles.claim(ADA, CLAIM_CODE);
		for (const refused of [
			await chat.invitations.create(BEN, {}),
			await chat.invitations.list(BEN),
			await chat.invitations.revoke(BEN, "id"),
		])
			assert.equal(refusalOf(refused), "forbidden");
		assert.equal(refusalOf(await chat.invitations.create(ADA, { room: "~secret" })), "not_found room");
		const created = await chat.invitations.create(ADA, { room: "lobby" });
		assert.ok(created.ok);
		assert.match(created.data.code, /^[\w-]{22}$/, "128 bits");
		const list = await chat.invitations.list(ADA);
		assert.ok(list.ok && list.data.invitations[0]?.room === "lobby");
		assert.ok(!JSON.stringify(list).includes(created.data.code));
		assert.ok((await chat.invitations.revoke(ADA, created.data.id)).ok);
		assert.equal(refusalOf(await chat.invitations.revoke(ADA, created.data.id)), "not_found");
	});

	test("I5 owners of a private room invite to it, and nobody else sees that", async () => {
		const { chat, connect } = openDomain();
		const [ada, cem] = [connect("ada"), connect("cem")];
		await chat.roles.claim(ada.user, CLAIM_CODE);
		await chat.roles.set("admin", { user: BEN.id, role: "moderator" });
		const create = { clientId: "6a52a9d0-0000-4000-8000-000000000001", title: "The Attic", history: true };
		const room = await chat.privateRooms.create(ada, create);
		assert.ok(room.ok);
		assert.equal(refusalOf(await chat.invitations.create(BEN, room.data)), "not_found room");
		const created = await chat.invitations.create(ada.user, room.data);
		assert.ok(created.ok);
		const rooms = async (by: typeof BEN | "admin") => {
			const list = await chat.invitations.list(by);
			return list.ok && list.data.invitations.map(({ room }) => room);
		};
		assert.deepEqual([await rooms(BEN), await rooms(ada.user)], [[], [room.data.room]]);
		assert.deepEqual(await chat.invitations.redeem(cem.user, created.data.code), { ok: true, data: room.data });
		assert.ok((await chat.members.join(cem, room.data.room)).ok);
		const owner = { ...room.data, user: cem.user.id, role: "owner" } as const;
		await chat.privateRooms.addMember(ada, owner);
		await chat.privateRooms.removeMember(cem, { ...room.data, user: ada.user.id });
		const late = await chat.invitations.redeem(BEN, created.data.code);
		assert.equal(refusalOf(late), "not_found", "its creator is no longer in the room");
	});

	test("I3 an invitation admits a guest, or a member where the chat is for members; failures are all the same", async () => {
		const { chat, clock } = openDomain();
		const created = await chat.invitations.create("admin", { uses: 2 });
		assert.ok(created.ok);
		const { code } = created.data;
		await chat.roles.setAccess("admin", "invited");
		assert.deepEqual(await chat.invitations.redeem(ADA, code), { ok: true, data: {} });
		assert.equal(chat.people.roleOf(ADA.id), "guest");
		await chat.roles.setAccess("admin", "members");
		await chat.invitations.redeem(BEN, code);
		assert.equal(chat.people.roleOf(BEN.id), "member");
		const usedUp = await chat.invitations.redeem({ id: "u-cem", name: "cem" }, code);
		const wrong = await chat.invitations.redeem(ADA, "wrong");
		const late = await chat.invitations.create("admin", { days: 1 });
		clock.advance(24 * 60 * 60 * 1_000);
		assert.deepEqual([usedUp, await chat.invitations.redeem(ADA, late.ok ? late.data.code : "")], [wrong, wrong]);
		assert.equal(refusalOf(wrong), "not_found");
	});
});
