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
		onEmpty: () => emptied++,
	});
	/** What was told to whom, as "room: +ada -bob =2". */
	const told = () =>
		broadcast.take().map(({ to, payload, except }) => {
			const { joins, leaves, count } = payload as PresenceDiff;
			const names = [...joins.map(({ name }) => `+${name}`), ...leaves.map(({ name }) => `-${name}`)].join(" ");
			return `${to}${except.length ? ` but ${except}` : ""}: ${names} =${count}`;
		});
	return { clock, cluster, presence, told, emptied: () => emptied };
}

describe("presence", () => {
	test("P1 a newcomer is told to the others and not to itself", () => {
		const { clock, presence, told } = room();
		presence.enter(ada);
		clock.advance(1_000);
		told();
		presence.enter(bob);
		clock.advance(1_000);
		assert.deepEqual(told(), ["room r but bob-1: +bob =2"]);
		assert.deepEqual(presence.snapshot(), { count: 2, members: [ada.user, bob.user], truncated: false });
	});

	test("P1 newcomers of one window are told in one packet, each of those that came after it", () => {
		const { clock, presence, told } = room();
		for (const newcomer of [ada, bob, cleo]) presence.enter(newcomer);
		clock.advance(1_000);
		assert.deepEqual(told(), [
			"room r but ada-1,bob-1,cleo-1: +ada +bob +cleo =3",
			"ada-1: +bob +cleo =3",
			"bob-1: +cleo =3",
		]);
	});

	test("P1 who comes and goes within a window is not told", () => {
		const { clock, presence, told } = room();
		presence.enter(ada);
		clock.advance(1_000);
		told();
		presence.enter(bob);
		presence.exit(bob, true);
		clock.advance(1_000);
		assert.deepEqual(told(), []);
	});

	test("P1 who leaves after somebody saw them in a snapshot is told, though they came in the same window", () => {
		const { clock, presence, told } = room();
		presence.enter(ada);
		presence.enter(bob);
		presence.exit(ada, true);
		clock.advance(1_000);
		assert.deepEqual(told().at(-1), "bob-1: -ada =1");
	});

	test("P1 who comes back after somebody saw them gone is told", () => {
		const { clock, presence, told } = room();
		presence.enter(cleo);
		presence.enter(ada);
		clock.advance(1_000);
		told();
		presence.exit(ada, true);
		presence.enter(bob);
		presence.enter(ada);
		clock.advance(1_000);
		assert.ok(told().includes("bob-1: +ada =3"));
	});

	test("P1 a storm of 1,000 joins is told in counts, and in a handful of packets", () => {
		const { clock, presence, told } = room();
		for (let i = 0; i < 1_000; i++) {
			presence.enter(person(`guest ${i}`));
			clock.advance(10);
		}
		clock.advance(1_000);
		const large = told().filter((line) => Number(line.split("=")[1]) > PRESENCE_LIST_MEMBERS);
		assert.ok(large.length <= 12, `${large.length} packets`);
		assert.ok(large.every((line) => /^room r: {2}=\d+$/.test(line)));
		assert.equal(large.at(-1), "room r:  =1000");
		const { count, members, truncated } = presence.snapshot();
		assert.deepEqual([count, members.length, truncated], [1_000, PRESENCE_SAMPLE_MEMBERS, true]);
	});

	test("P2 a person with two connections is one, and leaves with the last", () => {
		const { clock, presence, told } = room();
		presence.enter(bob);
		presence.enter(ada);
		presence.enter(person("ada", "ada-2"));
		assert.equal(presence.count, 2);
		clock.advance(1_000);
		told();
		presence.exit(ada, true);
		clock.advance(1_000);
		assert.deepEqual(told(), []);
		presence.exit(person("ada", "ada-2"), true);
		clock.advance(1_000);
		assert.deepEqual(told(), ["room r: -ada =1"]);
	});

	test("P2 a dropped line leaves after the grace period, and a return within it makes no noise", () => {
		const { clock, presence, told } = room();
		presence.enter(bob);
		presence.enter(ada);
		clock.advance(1_000);
		told();
		presence.exit(ada, false);
		clock.advance(GRACE_MS - 1);
		presence.enter(person("ada", "ada-2"));
		clock.advance(2 * GRACE_MS);
		assert.deepEqual(told(), []);
		presence.exit(person("ada", "ada-2"), false);
		clock.advance(GRACE_MS + 1_000);
		assert.deepEqual(told(), ["room r: -ada =1"]);
	});

	test("P2 the room is let go of with the last person, and no timer stays", () => {
		const { clock, presence, emptied } = room();
		presence.enter(ada);
		presence.exit(ada, false);
		assert.equal(emptied(), 0);
		clock.advance(GRACE_MS);
		assert.equal(emptied(), 1);
		assert.equal(clock.pending, 0);
	});

	test("R2 a name, and one that skeletons like it, belongs to one person until they are gone", () => {
		const { clock, presence } = room();
		assert.ok(presence.enter(ada));
		const lookalike = { id: "x", sessionId: "s-x", user: { id: "u-x", name: "АDА" } };
		assert.ok(!presence.enter(lookalike));
		assert.ok(presence.enter(person("ada", "ada-2")), "one's own name is free");
		presence.exit(ada, true);
		presence.exit(person("ada", "ada-2"), false);
		assert.ok(!presence.enter(lookalike), "held while the line may come back");
		clock.advance(GRACE_MS);
		assert.ok(presence.enter(lookalike));
	});

	test("P2 a join that ends after its room was let go of gives up no place in the room that was opened since", async () => {
		const { cluster, presence } = room();
		await presence.arrive(ada.user);
		presence.clear();
		await cluster.enter("r", { user: ada.user, skeletons: ["ada"] });
		presence.arrived(ada.user);
		assert.deepEqual([...cluster.places], ["r u-ada"]);
	});
});
