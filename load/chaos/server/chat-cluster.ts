import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { RedisServer } from "../../../app/cluster/testing/redis-server.ts";
import { PostgresServer } from "../../../app/store/postgres/testing/postgres-server.ts";
import { freePort } from "../../kit/free-port.ts";
import { fetchMetrics, readMetric } from "../../kit/metrics.ts";
import { LIFTED_LIMITS } from "../../kit/server-process.ts";
import type { RowRun } from "../../kit/suite/row-run.ts";
import { TcpProxy } from "../../kit/tcp-proxy.ts";
import { ChatProcess, type ChatUnderTest } from "./chat-process.ts";
import { type Ask, integrityOfPostgres, readPostgres } from "./postgres-contents.ts";

const TERMINATE = `
	SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE application_name = 'hubbub' AND pid <> pg_backend_pid()
`;

/**
 * Starts several processes that are one chat, with their own PostgreSQL and Redis, behind a balancer without stickiness.
 * All of it is stopped at the end of the row.
 */
export async function startCluster({ cleanUp, folder, random }: RowRun, count: number) {
	const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
	cleanUp.add(() => void postgres.dispose());
	cleanUp.add(() => void redis.dispose());
	const databaseUrl = await postgres.createDatabase();
	const shared = {
		DATABASE_URL: databaseUrl,
		REDIS_URL: redis.url(),
		SESSION_SECRET: `shared secret ${random.next()}`,
	};
	const processes: ChatProcess[] = [];
	for (let index = 0; index < count; index++) {
		const own = join(folder, `process-${index}`);
		mkdirSync(own);
		const env = { ...LIFTED_LIMITS, ...shared };
		processes.push(new ChatProcess({ folder: own, port: await freePort(), env }));
	}
	cleanUp.add(() => processes.forEach((process) => void process.signal("SIGKILL")));
	await Promise.all(processes.map((process) => process.start()));
	const balancer = await TcpProxy.open(processes.map(({ url }) => url));
	cleanUp.add(() => balancer[Symbol.dispose]());

	const ask: Ask = (sql) => postgres.query(databaseUrl, sql);
	return {
		url: balancer.url,
		processes,
		postgres,
		redis,
		/** Terminates all connections of the chat to its database, as an operator can. */
		async terminateDatabaseConnections() {
			await ask(TERMINATE);
		},
		/** Sums up how many entries the running processes have read from the store because their broadcast was lost. */
		async recovered() {
			const running = processes.filter(({ isRunning }) => isRunning);
			const metrics = await Promise.all(running.map(({ url }) => fetchMetrics(url)));
			return metrics.reduce((sum, text) => sum + (readMetric(text, "hubbub_recovered_entries_total") ?? 0), 0);
		},
		async stop() {
			const codes = await Promise.all(processes.map((process) => process.stop()));
			return codes.find((code) => code !== 0) ?? 0;
		},
		integrity: () => integrityOfPostgres(ask),
		stored: () => readPostgres(ask),
	} satisfies ChatUnderTest & Record<string, unknown>;
}
