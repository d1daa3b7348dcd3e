import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PresenceDiff } from "../../protocol/presence.ts";
import { BANNED_WORD, flushPromises, openDomain, refusalOf } from "../../testing/domain.ts";

describe("a new name", () => {
	test("K8 rooms, connections and later messages have it; earlier messages keep the former one", async () => {
		const { chat, clock, broadcast, cluster, store, member, send } = openDomain();
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "before");
		broadcast.take();
		assert.deepEqual(await chat.changedUsers.rename(ada.user, "Lin"), { ok: true, data: { id: "u-ada", name: "Lin" } });
		assert.deepEqual(cluster.published.at(-1), { kind: "people_changed" });
		await send(ada, "lobby", "after");
		clock.advance(1_000);
		const emitted = broadcast.take();
		assert.deepEqual(emitted.find(({ event }) => event === "user:renamed")?.payload, { name: "Lin" });
		const diff = emitted.find(({ event }) => event === "presence:diff")?.payload as PresenceDiff;
		assert.deepEqual(diff.joins, [{ id: "u-ada", name: "Lin" }]);
		const { messages } = await store.history("lobby", { limit: 9 });
		assert.deepEqual(
			messages.map(({ author }) => author.name),
			["ada", "Lin"],
		);
		assert.deepEqual(chat.changedUsers.current({ id: "u-ada", name: "ada" }), { id: "u-ada", name: "Lin" });
	});

	test("K8 R2 a name of somebody in the same room is refused, also one that looks like it", async () => {
		const { chat, member } = openDomain();
		const ada = await member("ada", "lobby");
		await member("ben", "lobby");
		await member("cem", "kitchen");
		assert.equal(refusalOf(await chat.changedUsers.rename(ada.user, "BEN")), "name_taken name");
		assert.equal(refusalOf(await chat.changedUsers.rename(ada.user, BANNED_WORD)), "bad_request name");
		assert.ok((await chat.changedUsers.rename(ada.user, "cem")).ok, "in another room");
		assert.ok((await chat.members.join(await member("dan", "lobby"), "lobby")).ok);
	});

	test("K8 R2 whom another process has let into a room under that name, the renamed user leaves it", async () => {
		const { chat, broadcast, cluster, member } = openDomain();
		const ada = await member("ada", "lobby");
		cluster.takenElsewhere.add("letters lin");
		await chat.changedUsers.rename(ada.user, "Lin");
		await flushPromises();
		assert.equal(chat.members.roomOf(ada, "lobby"), undefined);
		assert.deepEqual(broadcast.disconnected, ["user u-ada: name_taken"]);
		assert.equal(refusalOf(await chat.members.join(ada, "lobby")), "name_taken name");
	});

	test("K8 a renaming of another process is applied when it is read", async () => {
		const { chat, cluster, store, member } = openDomain();
		const ada = await member("ada", "lobby");
		await store.users.rename({ user: { id: "u-ada", name: "Lin" }, skeletons: [], expiresAt: 1 });
		cluster.handler?.onClusterEvent({ kind: "people_changed" });
		await flushPromises();
		assert.equal(ada.user.name, "Lin");
		assert.deepEqual(chat.changedUsers.nameOf("u-ada"), "Lin");
	});

	test("K8 a join that waits for the store while its user is renamed is to be repeated", async () => {
		const { chat, store, connect, member } = openDomain();
		await member("ben", "lobby");
		const ada = connect("ada");
		const held = Promise.withResolvers<void>();
		store.held = held.promise;
		const joining = chat.members.join(ada, "lobby");
		await flushPromises();
		await chat.changedUsers.rename(ada.user, "Lin");
		held.resolve();
		assert.equal(refusalOf(await joining), "unavailable");
		assert.ok((await chat.members.join(ada, "lobby")).ok);
	});
});
