import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADA, edit, removal, removalBy, text, upTo } from "../contract/fixture.ts";
import { POSTGRES_MIGRATIONS } from "../migrations/postgres/sequence.ts";
import { openStore } from "../open.ts";
import { FORMER_COLUMNS, formerLog, formerValues } from "../testing/former-entries.ts";
import { assertFormerLogWorks } from "../testing/former-log.ts";
import { PostgresServer } from "./testing/postgres-server.ts";

let server: PostgresServer;
before(async () => {
	server = await PostgresServer.start();
});
after(() => server.dispose());

/** The schema before `004-conversation`. */
const FORMER_VERSION = 3;

const literal = (value: string | number | null) => (typeof value === "string" ? `'${value}'` : String(value));

test("messages from before edits, reactions, pins and replies can be read and changed", async () => {
	const databaseUrl = await server.createDatabase();
	const log = formerLog(["a"]);
	const rows = log.map((entry, index) => `(1, ${formerValues(entry, index).map(literal).join(", ")})`);
	await server.query(
		databaseUrl,
		`${POSTGRES_MIGRATIONS.slice(0, FORMER_VERSION).join("")}
		INSERT INTO hubbub.meta VALUES ('schema', '${FORMER_VERSION}');
		INSERT INTO hubbub.rooms (name, epoch, seq, created_at, active_at) VALUES ('lobby', 'e', ${log.length}, 1, 1);
		INSERT INTO hubbub.entries (room_id, ${FORMER_COLUMNS}) VALUES ${rows.join(", ")};`,
	);
	const store = await openStore({ databasePath: "", databaseUrl });
	await assertFormerLogWorks(store);
	await store.close();
});

test("a server of the former version still appends messages and removals", async () => {
	const databaseUrl = await server.createDatabase();
	await (await openStore({ databasePath: "", databaseUrl })).close();
	const message = { kind: "message", created_at: 1, author_id: "a", author_name: "A", client_id: "1", body: "hello" };
	const items = [message, message, { kind: "removal", created_at: 2, target: 1 }, { kind: "removal", target: 9 }];
	const batch = [{ name: "attic", epoch: "e", created_at: 1, items: items.map((item, at) => ({ at, ...item })) }];
	assert.deepEqual(
		await server.query(
			databaseUrl,
			`SELECT at, seq::int, first_created_at::int AS first FROM hubbub.append_batch('${JSON.stringify(batch)}')`,
		),
		[
			{ at: 0, seq: 1, first: null },
			{ at: 1, seq: 1, first: 1 },
			{ at: 2, seq: 2, first: null },
			{ at: 3, seq: null, first: null },
		],
	);
});

test("M6 texts that were edited away, and those of removed and pruned messages, are in no row", async () => {
	const databaseUrl = await server.createDatabase();
	const store = await openStore({ databasePath: "", databaseUrl });
	const marksIn = async () => {
		const tables = await server.query(
			databaseUrl,
			"SELECT string_agg(part::text, '') AS text FROM hubbub.entries AS part " +
				"UNION ALL SELECT string_agg(part::text, '') FROM hubbub.message_states AS part " +
				"UNION ALL SELECT string_agg(part::text, '') FROM hubbub.reactions AS part",
		);
		return tables.flatMap(({ text }) => String(text).match(/mark\d+/g) ?? []).sort();
	};
	await store.append(upTo(8).map((seq) => text("lobby", `mark${seq}`, { mentions: ["mark0"] })));
	for (const round of [1, 2]) await store.append(upTo(8).map((seq) => edit("lobby", seq, `mark${round}0${seq}`)));
	assert.deepEqual(
		await marksIn(),
		upTo(8).map((seq) => `mark20${seq}`),
	);
	await store.append([removal("lobby", 1), removalBy(ADA, "lobby", 2)]);
	assert.deepEqual(
		await marksIn(),
		upTo(8, 3).map((seq) => `mark20${seq}`),
	);
	assert.equal(await store.prune(2_500), 8);
	assert.deepEqual(await marksIn(), []);
	await store.close();
});
