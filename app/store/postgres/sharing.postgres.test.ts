import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Append, AppendOutcome } from "../../room/ports/log.ts";
import type { Store } from "../../room/ports/store.ts";
import { ADA, BEN, removal, text, upTo, wholeLog } from "../contract/fixture.ts";
import { startAppending } from "../testing/appending-child.ts";
import { assertHoldsExactly } from "../testing/logs.ts";
import { PostgresServer } from "./testing/postgres-server.ts";
import { openTemporaryStore, type PostgresUnderTest } from "./testing/temporary-store.ts";

let server: PostgresServer;
before(async () => {
	server = await PostgresServer.start();
});
after(() => server.dispose());

async function withStores(run: (stores: [Store, Store], under: PostgresUnderTest) => Promise<void>): Promise<void> {
	const under = await openTemporaryStore(server);
	try {
		await run([under.store, await under.openAnother()], under);
	} finally {
		await under.dispose();
	}
}

function countOf(outcomes: AppendOutcome[], outcome: AppendOutcome["outcome"]): number {
	return outcomes.filter((each) => each.outcome === outcome).length;
}

test("M3 two processes that write the same rooms keep one order without a hole", () =>
	withStores(async ([store], { databaseUrl }) => {
		const settings = { databasePath: "", databaseUrl };
		const children = ["one", "two"].map((author) => startAppending(settings, author, 400));
		assert.deepEqual(await Promise.all(children.map((child) => child.ended())), [0, 0]);
		await assertHoldsExactly(
			store,
			children.flatMap((child) => child.acked),
		);
	}));

test("M3 two stores whose batches name the same rooms in opposite orders do not deadlock", () =>
	withStores(async (stores) => {
		const rooms = upTo(12).map((number) => `room ${number}`);
		const batches = upTo(60).map((number) => {
			const batch = rooms.map((room) => text(room, `${number}`));
			return number % 2 === 0 ? batch : batch.reverse();
		});
		const outcomes = await Promise.all(batches.map((batch, index) => stores[index % 2]!.append(batch)));
		assert.equal(countOf(outcomes.flat(), "appended"), 720);
		for (const room of rooms)
			assert.deepEqual(
				(await wholeLog(stores[0], room)).map(({ seq }) => seq),
				upTo(60),
			);
	}));

test("M2 the same message appended by two stores at once is stored once, and both return its position", () =>
	withStores(async (stores) => {
		for (const round of upTo(20)) {
			const batch = upTo(25).map((item) => text("lobby", `${round} ${item}`, { author: item % 2 ? ADA : BEN }));
			const [one, two] = await Promise.all(stores.map((store) => store.append(batch)));
			assert.equal(countOf([...one!, ...two!], "appended"), 25);
			assert.deepEqual(one!.map(seqOf), two!.map(seqOf));
		}
		assert.equal((await wholeLog(stores[0], "lobby")).length, 500);
	}));

test("M2 the same messages sent to different rooms in opposite orders are stored once", () =>
	withStores(async (stores) => {
		const batch: Append[] = upTo(20).map((number) => text(`room ${number}`, "here"));
		const rooms = batch.map(({ room }) => room).reverse();
		const elsewhere = batch.map((append, index) => ({ ...append, room: rooms[index]! }));
		const outcomes = await Promise.all([stores[0].append(batch), stores[1].append(elsewhere)]);
		assert.equal(countOf(outcomes.flat(), "appended"), 20);
		assert.deepEqual(outcomes[0].map(seqOf), outcomes[1].map(seqOf));
	}));

test("M6 a message that two stores remove at the same moment is removed once", () =>
	withStores(async (stores, { databaseUrl }) => {
		await stores[0].append(upTo(50).map((number) => text("lobby", `secret ${number}`)));
		const removals = upTo(50).map((target) => removal("lobby", target));
		const [one, two] = await Promise.all(stores.map((store) => store.append(removals)));
		assert.equal(countOf([...one!, ...two!], "appended"), 50);
		assert.deepEqual(one!.map(seqOf), two!.map(seqOf));
		const [left] = await server.query(
			databaseUrl,
			"SELECT count(*)::int AS texts FROM hubbub.entries WHERE body IS NOT NULL OR author_name IS NOT NULL",
		);
		assert.equal(left!.texts, 0);
	}));

test("a room that two stores open, remove and prune at the same time is one room", () =>
	withStores(async (stores) => {
		await stores[0].append(upTo(1_200).map((number) => text("lobby", String(number))));
		const pruned = await Promise.all(stores.map((store) => store.prune(2_000)));
		assert.equal(pruned[0]! + pruned[1]!, 1_200);
		await stores[0].append(upTo(1_200).map((number) => text("lobby", String(number))));
		const removed = await Promise.all(stores.map((store) => store.removeRoom("lobby")));
		assert.deepEqual(removed.sort(), [false, true]);
		const [one, two] = await Promise.all(stores.map((store) => store.open("lobby", 5)));
		assert.deepEqual(one, two);
		assert.equal(one!.seq, 0);
	}));

function seqOf(outcome: AppendOutcome): number {
	assert.notEqual(outcome.outcome, "refused");
	return outcome.outcome === "appended" ? outcome.entry.seq : outcome.outcome === "repeated" ? outcome.seq : 0;
}

test("S1 processes that start at the same moment agree on the secret that signs the sessions", () =>
	withStores(async (stores, { reopen }) => {
		const secrets = await Promise.all(stores.map((store, index) => store.getOrCreateSecret!(`the secret of ${index}`)));
		assert.equal(new Set(secrets).size, 1);
		assert.equal(await (await reopen()).getOrCreateSecret!("a later one"), secrets[0]);
	}));
