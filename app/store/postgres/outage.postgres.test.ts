import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Append, AppendOutcome } from "../../room/ports/log.ts";
import { type Store, StoreUnavailable } from "../../room/ports/store.ts";
import { openTunnel } from "../../testing/tunnel.ts";
import { entriesOf, text, upTo, wholeLog } from "../contract/fixture.ts";
import { openStore } from "../open.ts";
import { PostgresServer } from "./testing/postgres-server.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

const OURS = "application_name = 'hubbub' AND datname = current_database()";

let server: PostgresServer;
before(async () => {
	server = await PostgresServer.start();
});
after(() => server.dispose());

/** Repeats a call until the database is available. Every failure until then must be a StoreUnavailable. */
async function untilAvailable<T>(call: () => Promise<T>): Promise<{ result: T; refusals: number }> {
	for (let refusals = 0; ; refusals++) {
		try {
			return { result: await call(), refusals };
		} catch (error) {
			assert.ok(error instanceof StoreUnavailable, String(error));
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}
}

/** Asserts that the room has these texts, each once and in this order, without a hole. */
async function assertLog(store: Store, room: string, bodies: string[]): Promise<void> {
	const entries = await wholeLog(store, room);
	assert.deepEqual(
		entries.map((entry) => entry.kind === "message" && entry.body),
		bodies,
	);
	assert.deepEqual(
		entries.map(({ seq }) => seq),
		upTo(bodies.length),
	);
}

test("M1 a connection that ends during a batch refuses the batch and stores nothing of it, and the next batch succeeds", async () => {
	const { store, databaseUrl, dispose } = await openTemporaryStore(server);
	const other = new pg.Client({ connectionString: databaseUrl });
	await other.connect();
	try {
		await store.append([text("b", "before")]);
		await other.query("BEGIN; SELECT FROM hubbub.rooms WHERE name = 'b' FOR UPDATE");
		// The entries of room a are inserted before the batch waits for the lock of room b.
		const batch: Append[] = [...upTo(100).map((number) => text("a", String(number))), text("b", "after")];
		const refused = assert.rejects(store.append(batch), StoreUnavailable);
		const waiting = `SELECT pid FROM pg_stat_activity WHERE ${OURS} AND wait_event_type = 'Lock'`;
		while ((await server.query(databaseUrl, waiting)).length === 0);
		await server.query(databaseUrl, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${OURS}`);
		await refused;
		await other.query("ROLLBACK");
		assert.equal((await untilAvailable(() => store.open("a", 1))).result.seq, 0);
		const { result } = await untilAvailable(() => store.append(batch));
		assert.equal(entriesOf(result).length, 101);
		await assertLog(store, "b", ["before", "after"]);
	} finally {
		await other.end();
		await dispose();
	}
});

test("M1 a server that crashes and restarts under load: refusals, then recovery, nothing lost", async () => {
	const { store, dispose } = await openTemporaryStore(server);
	try {
		const bodies: string[] = [];
		const outcomes: AppendOutcome["outcome"][] = [];
		let refusals = 0;
		let isOver = false;
		const writing = (async () => {
			for (let round = 0; !isOver; round++) {
				const batch = upTo(20).map((item) => text("lobby", `${round} ${item}`));
				const { result, refusals: refused } = await untilAvailable(() => store.append(batch));
				refusals += refused;
				bodies.push(...batch.map(({ content }) => content.body ?? ""));
				outcomes.push(...result.map(({ outcome }) => outcome));
			}
		})();
		for (const _crash of upTo(3)) {
			const reached = bodies.length + 100;
			while (bodies.length < reached) await store.ping();
			await server.stop("SIGQUIT");
			for (const call of [
				() => store.ping(),
				() => store.open("lobby", 1),
				() => store.revokeSession("a", 1),
				() => store.prune(1),
			])
				await assert.rejects(call(), StoreUnavailable);
			await server.resume();
			await untilAvailable(() => store.ping());
		}
		isOver = true;
		await writing;
		assert.ok(refusals > 0);
		assert.ok(outcomes.every((outcome) => outcome === "appended" || outcome === "repeated"));
		await assertLog(store, "lobby", bodies);
	} finally {
		await dispose();
	}
});

test("M2 a connection that is silent after the commit is closed, and the batch sent again is not stored twice", async (t) => {
	const databaseUrl = await server.createDatabase();
	const tunnel = await openTunnel(t, `http://${new URL(databaseUrl).host}`);
	const through = databaseUrl.replace(new URL(databaseUrl).host, new URL(tunnel.url).host);
	const store = await openStore({ databasePath: "", databaseUrl: through });
	try {
		await store.ping();
		const batch: Append[] = upTo(10).map((number) => text("lobby", String(number)));
		tunnel.muteServer();
		await assert.rejects(store.append(batch), StoreUnavailable);
		const { result } = await untilAvailable(() => store.append(batch));
		assert.deepEqual(
			result.map(({ outcome }) => outcome),
			batch.map(() => "repeated"),
		);
		await assertLog(store, "lobby", upTo(10).map(String));
	} finally {
		await store.close();
	}
});

test("a read-only database refuses writes, serves reads, and accepts writes again later", async () => {
	const { store, databaseUrl, dispose } = await openTemporaryStore(server);
	const set = async (value: "on" | "off") => {
		const name = new URL(databaseUrl).pathname.slice(1);
		await server.query(server.urlOf("postgres"), `ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`);
		await server.query(databaseUrl, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${OURS}`);
	};
	try {
		await store.append([text("lobby", "one")]);
		await set("on");
		await assert.rejects(store.append([text("lobby", "two")]), StoreUnavailable);
		assert.equal((await untilAvailable(() => store.history("lobby", { limit: 5 }))).result.messages.length, 1);
		await assert.rejects(store.append([text("lobby", "two")]), StoreUnavailable);
		await set("off");
		await untilAvailable(() => store.append([text("lobby", "three")]));
		await assertLog(store, "lobby", ["one", "three"]);
	} finally {
		await dispose();
	}
});

test("a store whose database is unreachable can be closed", async () => {
	const { store, dispose } = await openTemporaryStore(server);
	await server.stop();
	const appends = upTo(50).map((number) => store.append([text("lobby", String(number))]));
	const closed = store.close();
	for (const append of appends) await assert.rejects(append, StoreUnavailable);
	await closed;
	await server.resume();
	await dispose();
});
