/** Faults of a database that its own guarantees exclude, and that happen: lost commits, damaged pages, killed processes. */
import assert from "node:assert/strict";
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { RoomHeads } from "../../room/log/room-heads.ts";
import { OpenRooms } from "../../room/open-rooms.ts";
import { StoreDamaged } from "../../room/ports/store.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { RecordingBroadcast } from "../../testing/recording-broadcast.ts";
import { RecordingCluster } from "../../testing/recording-cluster.ts";
import { fill, text } from "../contract/fixture.ts";
import { PostgresServer } from "./testing/postgres-server.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

const PAGE_BYTES = 8_192;
const ENTRIES = 3_000;
const TIMEOUT_MS = 60_000;

let server: PostgresServer;
before(async () => {
	server = await PostgresServer.start();
});
after(() => server.dispose());

test("a room of which a failover has lost the newest commits starts over under a new epoch, and goes on", async (t) => {
	const { store, databaseUrl, dispose } = await openTemporaryStore(server);
	t.after(dispose);
	const [clock, broadcast] = [new ManualClock(), new RecordingBroadcast()];
	const shared = { store, clock, onError: (error: unknown) => assert.fail(String(error)) };
	const rooms = new OpenRooms({
		...shared,
		broadcast,
		cluster: new RecordingCluster(),
		metrics: { recovered: () => {} },
		graceMs: 0,
		settled: () => Promise.resolve(),
		onMemberRemoved: () => {},
	});
	const heads = new RoomHeads({ ...shared, rooms, cluster: { isConnected: true } });
	for (const room of ["lost", "same"]) await fill(store, room, 10);
	const { epoch } = (await rooms.open("lost"))!.log.tail;
	await rooms.open("same");
	// As a replica has it that was five commits behind and is the primary now.
	await server.query(
		databaseUrl,
		`DELETE FROM hubbub.entries AS entry USING hubbub.rooms AS room
		WHERE entry.room_id = room.id AND room.name = 'lost' AND entry.seq > 5`,
	);
	await server.query(databaseUrl, "UPDATE hubbub.rooms SET seq = 5 WHERE name = 'lost'");
	await heads.reconcile();
	assert.deepEqual(broadcast.disconnected, ["room lost: room_removed"]);
	const { tail } = (await rooms.open("lost"))!.log;
	assert.notEqual(tail.epoch, epoch);
	assert.equal(tail.seq, 5);
	const [outcome] = await store.append([text("lost", "after the failover")]);
	assert.equal(outcome?.outcome === "appended" && outcome.entry.seq, 6);
	await heads.reconcile();
	assert.equal(tail.seq, 6);
});

test("what a killed process left of a removed room is deleted after the next start, which does not wait", async (t) => {
	const { store, databaseUrl, openAnother, dispose } = await openTemporaryStore(server);
	t.after(dispose);
	await fill(store, "large", ENTRIES);
	await store.close();
	const other = new pg.Client({ connectionString: databaseUrl });
	await other.connect();
	t.after(() => other.end());
	await other.query("UPDATE hubbub.rooms SET name = NULL WHERE name = 'large'");
	// The deletion waits for this transaction: a start that waited for the deletion would not end.
	await other.query("BEGIN; SELECT FROM hubbub.entries WHERE room_id = 1 FOR UPDATE");
	const next = await openAnother();
	await fill(next, "large", 1);
	assert.equal((await next.open("large", 10)).seq, 1);
	await other.query("COMMIT");
	const left = "SELECT FROM hubbub.rooms WHERE name IS NULL";
	for (const deadline = Date.now() + TIMEOUT_MS; (await other.query(left)).rowCount !== 0; ) {
		assert.ok(Date.now() < deadline, "the removed room is still there");
		await pause(20);
	}
	assert.equal((await other.query("SELECT FROM hubbub.entries")).rowCount, 1);
});

test("a damaged page is reported with its cause, as a failure that no repetition helps", async (t) => {
	const { store, databaseUrl, dispose } = await openTemporaryStore(server);
	t.after(dispose);
	await fill(store, "lobby", ENTRIES);
	const [paths] = await server.query(
		databaseUrl,
		"SELECT current_setting('data_directory') AS folder, pg_relation_filepath('hubbub.entries') AS file",
	);
	await server.query(databaseUrl, "CHECKPOINT");
	await server.stop("SIGINT");
	const path = join(String(paths?.folder), String(paths?.file));
	const file = openSync(path, "r+");
	for (let at = 0; at < statSync(path).size; at += PAGE_BYTES)
		writeSync(file, Buffer.alloc(PAGE_BYTES, 0xaa), 0, PAGE_BYTES, at);
	closeSync(file);
	await server.resume();
	const read = () => store.history("lobby", { limit: 100 });
	// The first calls find out that the former connections have ended.
	let failure: unknown;
	for (const deadline = Date.now() + TIMEOUT_MS; !(failure instanceof StoreDamaged) && Date.now() < deadline; ) {
		failure = await read().then(
			() => assert.fail("the page was read"),
			(error) => error,
		);
		await pause(20);
	}
	assert.ok(failure instanceof StoreDamaged, String(failure));
	assert.match(String(failure.cause), /invalid page/);
});
