import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { test } from "node:test";
import { RedisServer } from "../../app/cluster/testing/redis-server.ts";
import { PostgresServer } from "../../app/store/postgres/testing/postgres-server.ts";
import { load } from "../testing/load-run.ts";

const hasPostgres = process.env.POSTGRES !== undefined || globSync("/usr/lib/postgresql/*/bin/postgres").length > 0;
const hasRedis = spawnSync(process.env.REDIS ?? "redis-server", ["--version"]).error === undefined;
const skip = (!hasPostgres && "PostgreSQL is not installed") || (!hasRedis && "Redis is not installed");

test("three local processes are one chat: a message sent to one reaches every member at all of them", {
	timeout: 180_000,
	skip,
}, async () => {
	const postgres = await PostgresServer.start();
	const redis = await RedisServer.start();
	try {
		const url = await postgres.createDatabase();
		const args = "--processes 3 --users 12 --rooms 2 --rate 6 --duration 4 --arrivals 12 --p99 60000".split(" ");
		const { code, output, result } = await load(args, { DATABASE_URL: url, REDIS_URL: redis.url() });
		assert.equal(code, 0, output);
		assert.equal(result!.servers.length, 3);
		const { acked, owed, delivered, altered } = result!.accounting;
		assert.equal(acked, 48, output);
		assert.equal(owed, 48 * 6);
		assert.equal(delivered, owed);
		assert.equal(altered, 0);
		assert.match(output, /3 local servers/);
		const rooms = await postgres.query(url, "SELECT * FROM rooms");
		assert.deepEqual(rooms, [], "the rooms of the run are removed from the database");
	} finally {
		await redis.dispose();
		await postgres.dispose();
	}
});
