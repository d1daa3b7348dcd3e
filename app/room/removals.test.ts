import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Entry } from "../protocol/log.ts";
import { flushPromises, openDomain, refusalOf, request } from "../testing/domain.ts";
import type { Connection } from "./ports/broadcast.ts";

function openRemovals(options?: Parameters<typeof openDomain>[0]) {
	const domain = openDomain(options);
	const { chat, nextId } = domain;
	const remove = (user: Connection, target: number, clientId = nextId()) =>
		request((reply) => chat.removals.remove(user, { room: "lobby", target, clientId }, reply));
	return { ...domain, remove };
}

describe("removing one's own message", () => {
	test("C3 it is removed for everyone, and the entry names the author", async () => {
		const { member, send, remove, broadcast } = openRemovals();
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		const first = await remove(ada, 1, "same");
		assert.ok(first.ok && first.data.seq === 2);
		assert.deepEqual(await remove(ada, 1, "same"), first, "M2 a repeat");
		await flushPromises();
		const entries = broadcast.take().flatMap(({ payload }) => (payload as { entries?: Entry[] }).entries ?? []);
		const [, removal] = entries;
		assert.deepEqual(removal?.kind === "removal" && removal.by, ada.user);
		assert.equal(entries.length, 2);
	});

	test("C3 a missing message and somebody else's are refused", async () => {
		const { member, send, remove, connect } = openRemovals();
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		assert.equal(refusalOf(await remove(await member("ben", "lobby"), 1)), "forbidden target");
		assert.equal(refusalOf(await remove(ada, 2)), "not_found target");
		assert.equal(refusalOf(await remove(connect("cem"), 1)), "not_found room");
		await remove(ada, 1);
		assert.equal(refusalOf(await remove(ada, 1)), "not_found target");
	});

	test("A5 it works in a closed room", async () => {
		const { chat, member, send, remove } = openRemovals();
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		await chat.moderation.closeRoom("lobby", {});
		assert.ok((await remove(ada, 1)).ok);
	});

	test("L1 removals take tokens of the rate of edits", async () => {
		const { chat, member, send, remove, nextId } = openRemovals({ limits: { edits: { perSecond: 1, burst: 1 } } });
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		const edit = { room: "lobby", target: 1, clientId: nextId(), body: "hullo" };
		await request((reply) => chat.edits.edit(ada, edit, reply));
		assert.equal(refusalOf(await remove(ada, 1)), "rate_limited");
	});
});

describe("removing somebody else's message", () => {
	test("C3 owners and moderators remove it, without an author in the entry, and it is in the audit log", async () => {
		const { chat, member, send, remove, store, broadcast } = openRemovals();
		const [ada, ben] = [await member("ada", "lobby"), await member("ben", "lobby")];
		await send(ada, "lobby", "one");
		await send(ben, "lobby", "two");
		await chat.roles.set("admin", { user: ben.user.id, role: "moderator" });
		const removed = await remove(ben, 1);
		assert.ok(removed.ok && removed.data.seq === 3);
		assert.deepEqual(store.audited.map(({ act, target, by }) => [act, target.seq, by]).slice(1), [
			["remove_message", 1, "ben (u-ben)"],
		]);
		assert.ok((await remove(ben, 2)).ok, "the own message");
		assert.equal(store.audited.length, 2, "the removal of the own message is not a moderator's");
		await flushPromises();
		const entries = broadcast.take().flatMap(({ payload }) => (payload as { entries?: Entry[] }).entries ?? []);
		const by = entries.flatMap((entry) => (entry.kind === "removal" ? [entry.by?.id] : []));
		assert.deepEqual(by, [undefined, ben.user.id]);
	});

	test("C3 a demoted moderator removes nothing more", async () => {
		const { chat, member, send, remove } = openRemovals();
		const [ada, ben] = [await member("ada", "lobby"), await member("ben", "lobby")];
		await send(ada, "lobby", "one");
		await chat.roles.set("admin", { user: ben.user.id, role: "moderator" });
		await chat.roles.set("admin", { user: ben.user.id, role: "member" });
		assert.equal(refusalOf(await remove(ben, 1)), "forbidden target");
	});
});
