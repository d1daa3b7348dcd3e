import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TestClient } from "../../testing/client.ts";
import { services, startChat } from "../testing/chat-of-processes.ts";

const running = services();
/** Returns the count of people that a client received last. */
const countOf = (client: TestClient) => client.received("presence:diff").at(-1)?.count;

describe("people on several processes", () => {
	test("P1 a newcomer's snapshot has everybody, and everybody receives the newcomer's join", async (t) => {
		const [one, other] = await startChat(t, running());
		const [ada, bob] = await Promise.all([one!.client("ada"), other!.client("bob")]);
		await ada.join("lobby");
		const { presence } = await bob.join("lobby");
		assert.deepEqual([presence.count, presence.truncated], [2, false]);
		assert.deepEqual(new Set(presence.members.map(({ name }) => name)), new Set(["ada", "bob"]));
		const { joins } = await ada.next("presence:diff");
		assert.deepEqual(joins, [bob.user]);
	});

	test("P2 a user on two processes is one person, present until the last connection closes", async (t) => {
		const [one, other] = await startChat(t, running());
		const [ada, bob] = await Promise.all([one!.client("ada"), other!.client("bob")]);
		const tablet = await other!.connect(ada.session);
		for (const client of [ada, bob, tablet]) await client.join("lobby");
		ada.close();
		const cleo = await one!.client("cleo");
		assert.equal((await cleo.join("lobby")).presence.count, 3);
		tablet.close();
		await cleo.until(() => countOf(cleo) === 2, "ada leaving");
		await bob.next("presence:diff", ({ leaves }) => leaves.length > 0);
		assert.deepEqual(
			bob.received("presence:diff").flatMap(({ leaves }) => leaves),
			[ada.user],
		);
	});

	test("R2 a name belongs to one person on all processes, and is free when they leave", async (t) => {
		const [one, other] = await startChat(t, running());
		const [ada, twin] = await Promise.all([one!.client("ada"), other!.client("Ada")]);
		await ada.join("lobby");
		await assert.rejects(twin.join("lobby"), /name_taken/);
		await twin.join("elsewhere");
		await ada.request("room:leave", { room: "lobby" });
		await twin.join("lobby");
	});

	test("R2 of many users who take a name at the same moment on different processes, one gets it", async (t) => {
		const servers = await startChat(t, running(), 3);
		const twins = await Promise.all(upTo(12).map((n) => servers[n % 3]!.client("twin")));
		const joins = await Promise.allSettled(twins.map((twin) => twin.join("lobby")));
		assert.equal(joins.filter(({ status }) => status === "fulfilled").length, 1);
	});

	test("the list of rooms counts people on all processes", async (t) => {
		const [one, other] = await startChat(t, running());
		const people = await Promise.all([one!.client("ada"), other!.client("bob"), other!.client("cleo")]);
		for (const person of people) await person.join("lobby");
		for (const { url } of [one!, other!]) {
			const headers = { authorization: `Bearer ${people[0]!.session.token}` };
			const { rooms } = await (await fetch(`${url}/api/rooms`, { headers })).json();
			assert.equal(rooms[0].present, 3);
		}
	});

	test("P2 the people of a dead process leave when its heartbeat is missing", async (t) => {
		const [one, other] = await startChat(t, running());
		const [ada, bob] = await Promise.all([one!.client("ada"), other!.client("bob")]);
		for (const person of [ada, bob]) await person.join("lobby");
		await ada.until(() => countOf(ada) === 2, "bob joining");
		await other!.stop();
		await ada.until(() => countOf(ada) === 1, "bob leaving");
		// The name is free again.
		await (await one!.client("Bob")).join("lobby");
	});

	test("P1 counts are exact again after Redis lost its data", async (t) => {
		const services = running();
		const [one, other] = await startChat(t, services);
		const [ada, bob] = await Promise.all([one!.client("ada"), other!.client("bob")]);
		for (const person of [ada, bob]) await person.join("lobby");
		await ada.until(() => countOf(ada) === 2, "bob joining");
		await services.redis.kill();
		// While Redis is unreachable each process admits users by itself.
		const cleo = await other!.client("cleo");
		assert.equal((await cleo.join("lobby")).presence.count, 3);
		await services.redis.resume();
		await ada.until(() => countOf(ada) === 3, "cleo joining");
		const dora = await one!.client("dora");
		assert.equal((await dora.join("lobby")).presence.count, 4);
		assert.deepEqual(
			ada.received("presence:diff").flatMap(({ leaves }) => leaves),
			[],
			"no leave was broadcast",
		);
	});
});

function upTo(count: number): number[] {
	return Array.from({ length: count }, (_, index) => index);
}
