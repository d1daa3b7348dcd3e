import assert from "node:assert/strict";
import { test } from "node:test";
import type { Role } from "../../protocol/people.ts";
import { openDomain, refusalOf } from "../../testing/domain.ts";

const PRIVATE = `~${"a".repeat(26)}`;

/** A chat in which each user has the role that they are named for, connected from addresses of their own. */
async function openRanks() {
	const domain = openDomain();
	const { chat, connect } = domain;
	async function ranked(role: Role, at: number) {
		const { user } = connect(role, `${role}-1`, `192.0.2.${at}`);
		await chat.roles.set("admin", { user: user.id, role });
		return user;
	}
	const [owner, moderator] = [await ranked("owner", 1), await ranked("moderator", 2)];
	const [member, guest] = [await ranked("member", 3), await ranked("guest", 4)];
	return { ...domain, owner, moderator, member, guest };
}

test("A7 owners and moderators ban and kick those below them, and nobody else", async () => {
	const { chat, owner, moderator, member, guest } = await openRanks();
	const { moderators } = chat;
	for (const [by, user, outcome] of [
		[moderator, guest, "accepted"],
		[moderator, member, "accepted"],
		[moderator, moderator, "forbidden user"],
		[moderator, owner, "forbidden user"],
		[owner, moderator, "accepted"],
		[owner, owner, "forbidden user"],
		[member, guest, "forbidden"],
		[guest, member, "forbidden"],
	] as const)
		for (const act of ["ban", "kick"] as const) {
			const ack =
				act === "ban"
					? await moderators.ban(by, { user: user.id }, {})
					: await moderators.kick(by, user.id, { room: "lobby" }, {});
			assert.equal(refusalOf(ack), outcome, `${by.name} ${act}s ${user.name}`);
		}
	assert.equal(refusalOf(await moderators.ban("admin", { user: owner.id }, {})), "accepted");
});

test("A7 A6 what a user does is in the audit log under their name and id, whatever the request says", async () => {
	const { chat, store, moderator, guest } = await openRanks();
	store.audited.length = 0;
	const note = { by: "somebody else", reason: "spam" };
	await chat.moderators.ban(moderator, { user: guest.id }, note);
	await chat.moderators.unban(moderator, { kind: "user", target: guest.id }, note);
	await chat.moderators.closeRoom(moderator, "lobby", note);
	await chat.moderators.reopenRoom(moderator, "lobby", note);
	assert.deepEqual(
		store.audited.map(({ act, by, reason }) => [act, by, reason]),
		["ban", "unban", "close_room", "reopen_room"].map((act) => [act, "moderator (u-moderator)", "spam"]),
	);
});

test("A7 private rooms are not moderated by their names, and are on no list of a user", async () => {
	const { chat, store, owner, guest } = await openRanks();
	const { moderators } = chat;
	for (const ack of [
		await moderators.ban(owner, { user: guest.id, room: PRIVATE }, {}),
		await moderators.kick(owner, guest.id, { room: PRIVATE }, {}),
		await moderators.unban(owner, { kind: "user", target: guest.id, room: PRIVATE }, {}),
		await moderators.closeRoom(owner, PRIVATE, {}),
		await moderators.reopenRoom(owner, PRIVATE, {}),
	])
		assert.equal(refusalOf(ack), "forbidden room");
	await moderators.ban("admin", { user: guest.id, room: PRIVATE }, {});
	await moderators.ban(owner, { user: guest.id, room: "lobby" }, {});
	await moderators.closeRoom("admin", PRIVATE, {});
	await moderators.closeRoom(owner, "lobby", {});
	const bans = moderators.bans(owner, { offset: 0, limit: 10, user: guest.id });
	assert.deepEqual(bans.ok && bans.data.bans.map(({ room }) => room), ["lobby"]);
	const others = moderators.bans(owner, { offset: 0, limit: 10, user: owner.id });
	assert.deepEqual(others.ok && others.data, { bans: [], more: false });
	assert.deepEqual(moderators.closedRooms(owner), { ok: true, data: { rooms: ["lobby"] } });
	assert.deepEqual(moderators.closedRooms("admin"), { ok: true, data: { rooms: ["lobby", PRIVATE] } });
	store.audit = async () => ({ entries: store.audited.map((entry, id) => ({ ...entry, id })), more: false });
	const seen = JSON.stringify(await moderators.audit(owner, { limit: 10 }));
	assert.ok(!seen.includes(PRIVATE) && seen.includes('"room":"~"'), seen);
	assert.ok(JSON.stringify(await moderators.audit("admin", { limit: 10 })).includes(PRIVATE));
});

test("A2 a ban of an address neither disconnects nor refuses those who could lift it", async () => {
	const { chat, broadcast, connect, moderator, owner } = await openRanks();
	const eve = connect("eve", "eve-1", "192.0.2.2");
	assert.equal(refusalOf(await chat.moderators.ban(moderator, { address: "192.0.2.2" }, {})), "accepted");
	assert.deepEqual(broadcast.disconnected, [`connection ${eve.id}: banned`]);
	const address = "192.0.2.2";
	for (const [userId, isRefused] of [
		[moderator.id, false],
		[owner.id, false],
		[eve.user.id, true],
		[undefined, true],
	] as const)
		assert.equal(chat.bans.refusal({ userId, address }) !== undefined, isRefused, `${userId}`);
	await chat.roles.set("admin", { user: moderator.id, role: "member" });
	assert.ok(chat.bans.refusal({ userId: moderator.id, address }), "demoted");
});
