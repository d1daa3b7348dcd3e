import { RedisServer } from "../../../app/cluster/testing/redis-server.ts";
import { PostgresServer } from "../../../app/store/postgres/testing/postgres-server.ts";
import { ours } from "./ours.ts";
import type { Peer } from "./peer.ts";

/** Number of databases that Redis has. Each run uses the next one. */
const REDIS_DATABASES = 16;

let services: Promise<[PostgresServer, RedisServer]> | undefined;
let runs = 0;

/**
 * This chat as one process of a cluster: it commits to PostgreSQL and publishes through Redis, although all members are
 * connected to it. The CPU time of PostgreSQL and Redis is not counted.
 */
export const shared: Peer = {
	...ours,
	id: "shared",
	title: "Hubbub on PostgreSQL and Redis",
	async program() {
		services ??= Promise.all([PostgresServer.start(), RedisServer.start()]);
		const [postgres, redis] = await services;
		const local = await ours.program();
		const env = {
			...local.env,
			DATABASE_URL: await postgres.createDatabase(),
			REDIS_URL: redis.url(runs++ % REDIS_DATABASES),
			SESSION_SECRET: "signs the sessions of a benchmark",
		};
		return { ...local, env };
	},
	async dispose() {
		for (const service of (await services) ?? []) await service.dispose();
	},
};
