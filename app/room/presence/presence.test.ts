import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PRESENCE_LIST_MEMBERS, PRESENCE_SAMPLE_MEMBERS } from "../../protocol/limits.ts";
import type { PresenceDiff } from "../../protocol/presence.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { RecordingBroadcast } from "../../testing/recording-broadcast.ts";
import { RecordingCluster } from "../../testing/recording-cluster.ts";
import type { Connection } from "../ports/broadcast.ts";
import { RoomPresence } from "./presence.ts";

const GRACE_MS = 5_000;
const person = (name: string, connection = `${name}-1`): Connection => ({
	id: connection,
	sessionId: `s-${name}`,
	user: { id: `u-${name}`, name },
});
const [ada, bob, cleo] = [person("ada"), person("bob"), person("cleo")];

function room() {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	let emptied = 0;
	const cluster = new RecordingCluster();
	const presence = new RoomPresence({
		room: "r",
		broadcast,
		cluster,
		clock,
		graceMs: GRACE_MS,
		onUnused: () => emptied++,
	});
	/** What was emitted since the last call, as "room: +ada -bob =2". */
	const emitted = () =>
		broadcast.take().map(({ to, payload, except }) => {
			const { joins, leaves, count } = payload as PresenceDiff;
			const names = [...joins.map(({ name }) => `+${name}`), ...leaves.map(({ name }) => `-${name}`)].join(" ");
			return `${to}${except.length ? ` but ${except}` : ""}: ${names} =${count}`;
		});
	return { clock, cluster, presence, emitted, emptied: () => emptied };
}

describe("presence", () => {
	test("P1 a join is broadcast to the others and not to the newcomer", () => {
		const { clock, presence, emitted } = room();
		presence.enter(ada);
		clock.advance(1_000);
		emitted();
		presence.enter(bob);
		clock.advance(1_000);
		assert.deepEqual(emitted(), ["room r but bob-1: +bob =2"]);
		assert.deepEqual(presence.snapshot(), { count: 2, members: [ada.user, bob.user], truncated: false });
	});

	test("K8 a renaming is a join of somebody who is there, and gives the old name up", async () => {
		const { clock, cluster, presence, emitted } = room();
		for (const member of [ada, bob]) presence.enter(member);
		clock.advance(1_000);
		emitted();
		const renamed = { id: ada.user.id, name: "lin" };
		assert.equal(await presence.rename(renamed), true);
		assert.equal(await presence.rename({ id: ada.user.id, name: "Bob" }), false);
		assert.equal(await presence.rename(renamed), true);
		clock.advance(1_000);
		assert.deepEqual(emitted(), ["room r: +lin =2"]);
		assert.deepEqual(presence.snapshot().members, [renamed, bob.user]);
		assert.equal(presence.enter({ ...cleo, user: { ...cleo.user, name: "ada" } }), true, "the old name is free");
		assert.equal(presence.enter(person("lin")), false);
		cluster.takenElsewhere.add("letters dan");
		assert.equal(await presence.rename({ id: bob.user.id, name: "dan" }), false, "on another process");
	});

	test("K8 a renaming and a leave within one window are a leave; a leave and a return under another name a join", async () => {
		const { clock, presence, emitted } = room();
		for (const member of [ada, bob]) presence.enter(member);
		clock.advance(1_000);
		emitted();
		await presence.rename({ id: ada.user.id, name: "lin" });
		presence.exit(ada, true);
		clock.advance(1_000);
		assert.deepEqual(emitted(), ["room r: -lin =1"]);
		presence.exit(bob, true);
		presence.enter(cleo);
		presence.enter({ ...bob, user: { id: bob.user.id, name: "rob" } });
		clock.advance(1_000);
		assert.deepEqual(emitted().at(0), "room r but cleo-1,bob-1: +cleo +rob =2");
	});

	test("K8 a renaming on another process is seen here", () => {
		const { clock, presence, emitted } = room();
		presence.enter(ada);
		presence.setElsewhere(bob.user, true);
		clock.advance(1_000);
		emitted();
		presence.setElsewhere({ id: bob.user.id, name: "rob" }, true);
		presence.setElsewhere({ id: ada.user.id, name: "old" }, true);
		clock.advance(1_000);
		assert.deepEqual(emitted(), ["room r: +rob =2"], "this process knows its own people better");
	});

	test("P1 joins of one window are one packet; each newcomer receives the joins after its own", () => {
		const { clock, presence, emitted } = room();
		for (const newcomer of [ada, bob, cleo]) presence.enter(newcomer);
		clock.advance(1_000);
		assert.deepEqual(emitted(), [
			"room r but ada-1,bob-1,cleo-1: +ada +bob +cleo =3",
			"ada-1: +bob +cleo =3",
			"bob-1: +cleo =3",
		]);
	});

	test("P1 a join and a leave within a window are not broadcast", () => {
		const { clock, presence, emitted } = room();
		presence.enter(ada);
		clock.advance(1_000);
		emitted();
		presence.enter(bob);
		presence.exit(bob, true);
		clock.advance(1_000);
		assert.deepEqual(emitted(), []);
	});

	test("P1 a leave is broadcast where a snapshot had the user, also within one window", () => {
		const { clock, presence, emitted } = room();
		presence.enter(ada);
		presence.enter(bob);
		presence.exit(ada, true);
		clock.advance(1_000);
		assert.deepEqual(emitted().at(-1), "bob-1: -ada =1");
	});

	test("P1 a rejoin is broadcast where a snapshot lacked the user, also within one window", () => {
		const { clock, presence, emitted } = room();
		presence.enter(cleo);
		presence.enter(ada);
		clock.advance(1_000);
		emitted();
		presence.exit(ada, true);
		presence.enter(bob);
		presence.enter(ada);
		clock.advance(1_000);
		assert.ok(emitted().includes("bob-1: +ada =3"));
	});

	test("P1 a storm of 1,000 joins is broadcast as counts, in a handful of packets", () => {
		const { clock, presence, emitted } = room();
		for (let i = 0; i < 1_000; i++) {
			presence.enter(person(`guest ${i}`));
			clock.advance(10);
		}
		clock.advance(1_000);
		const large = emitted().filter((line) => Number(line.split("=")[1]) > PRESENCE_LIST_MEMBERS);
		assert.ok(large.length <= 12, `${large.length} packets`);
		assert.ok(large.every((line) => /^room r: {2}=\d+$/.test(line)));
		assert.equal(large.at(-1), "room r:  =1000");
		const { count, members, truncated } = presence.snapshot();
		assert.deepEqual([count, members.length, truncated], [1_000, PRESENCE_SAMPLE_MEMBERS, true]);
	});

	test("P2 a user with two connections counts once, and leaves with the last", () => {
		const { clock, presence, emitted } = room();
		presence.enter(bob);
		presence.enter(ada);
		presence.enter(person("ada", "ada-2"));
		assert.equal(presence.count, 2);
		clock.advance(1_000);
		emitted();
		presence.exit(ada, true);
		clock.advance(1_000);
		assert.deepEqual(emitted(), []);
		presence.exit(person("ada", "ada-2"), true);
		clock.advance(1_000);
		assert.deepEqual(emitted(), ["room r: -ada =1"]);
	});

	test("P2 after a disconnect the user leaves at the end of the grace period; a return within it is not broadcast", () => {
		const { clock, presence, emitted } = room();
		presence.enter(bob);
		presence.enter(ada);
		clock.advance(1_000);
		emitted();
		presence.exit(ada, false);
		clock.advance(GRACE_MS - 1);
		presence.enter(person("ada", "ada-2"));
		clock.advance(2 * GRACE_MS);
		assert.deepEqual(emitted(), []);
		presence.exit(person("ada", "ada-2"), false);
		clock.advance(GRACE_MS + 1_000);
		assert.deepEqual(emitted(), ["room r: -ada =1"]);
	});

	test("P2 after the last person the room is unused, and no timer is set", () => {
		const { clock, presence, emptied } = room();
		presence.enter(ada);
		presence.exit(ada, false);
		assert.equal(emptied(), 0);
		clock.advance(GRACE_MS);
		assert.equal(emptied(), 1);
		assert.equal(clock.pending, 0);
	});

	test("R2 a name, and one that looks like it, belongs to one user until they leave", () => {
		const { clock, presence } = room();
		assert.ok(presence.enter(ada));
		const lookalike = { id: "x", sessionId: "s-x", user: { id: "u-x", name: "АDА" } };
		assert.ok(!presence.enter(lookalike));
		assert.ok(presence.enter(person("ada", "ada-2")), "one's own name is free");
		presence.exit(ada, true);
		presence.exit(person("ada", "ada-2"), false);
		assert.ok(!presence.enter(lookalike), "held during the grace period");
		clock.advance(GRACE_MS);
		assert.ok(presence.enter(lookalike));
	});

	test("P2 a join that ends after its room was closed gives up no place in a room that was opened later", async () => {
		const { cluster, presence } = room();
		await presence.reserve(ada.user);
		presence.clear();
		await cluster.enter("r", { user: ada.user, skeletons: ["ada"] });
		presence.endReservation(ada.user);
		assert.deepEqual([...cluster.places], ["r u-ada"]);
	});
});
