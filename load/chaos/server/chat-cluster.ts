import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { RedisServer } from "../../../app/cluster/testing/redis-server.ts";
import { PostgresServer } from "../../../app/store/postgres/testing/postgres-server.ts";
import { freePort } from "../../kit/free-port.ts";
import { fetchMetrics, readMetric } from "../../kit/metrics.ts";
import { LIFTED_LIMITS } from "../../kit/server-process.ts";
import type { RowRun } from "../../kit/suite/row-run.ts";
import { TcpProxy } from "../../kit/tcp-proxy.ts";
import type { StoredMessage, StoredRooms } from "../check/history.ts";
import { ChatProcess } from "./chat-process.ts";
import type { ChatUnderTest } from "./chat-under-test.ts";

const STORED = `
	SELECT rooms.name AS room, entries.seq::integer AS seq, author_id AS author, client_id AS "clientId", body
	FROM hubbub.entries JOIN hubbub.rooms ON rooms.id = room_id ORDER BY room, entries.seq
`;
const TERMINATE = `
	SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE application_name = 'hubbub' AND pid <> pg_backend_pid()
`;

type Parts = {
	url: string;
	processes: readonly ChatProcess[];
	postgres: PostgresServer;
	redis: RedisServer;
	databaseUrl: string;
};

/** Several processes that are one chat, with their own PostgreSQL and Redis, behind a balancer without stickiness. */
export class ChatCluster implements ChatUnderTest {
	readonly url: string;
	readonly processes: readonly ChatProcess[];
	readonly postgres: PostgresServer;
	readonly redis: RedisServer;
	readonly #databaseUrl: string;

	private constructor({ url, processes, postgres, redis, databaseUrl }: Parts) {
		this.url = url;
		this.processes = processes;
		this.postgres = postgres;
		this.redis = redis;
		this.#databaseUrl = databaseUrl;
	}

	/** Starts the servers; they are stopped at the end of the row. */
	static async open({ cleanUp, folder, random }: RowRun, count: number): Promise<ChatCluster> {
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
			const process = new ChatProcess({ folder: own, port: await freePort(), env });
			cleanUp.add(() => process.signal("SIGKILL"));
			processes.push(process);
		}
		await Promise.all(processes.map((process) => process.start()));
		const balancer = await TcpProxy.open(processes.map(({ url }) => url));
		cleanUp.add(() => balancer[Symbol.dispose]());
		return new ChatCluster({ url: balancer.url, processes, postgres, redis, databaseUrl });
	}

	/** Terminates all connections of the chat to its database, as an operator can. */
	async terminateDatabaseConnections(): Promise<void> {
		await this.postgres.ask(this.#databaseUrl, TERMINATE);
	}

	/** Sums up how many entries the running processes have read from the store because their broadcast was lost. */
	async recovered(): Promise<number> {
		const running = this.processes.filter(({ isRunning }) => isRunning);
		const metrics = await Promise.all(running.map(({ url }) => fetchMetrics(url)));
		return metrics.reduce((sum, text) => sum + (readMetric(text, "hubbub_recovered_entries_total") ?? 0), 0);
	}

	async stop(): Promise<number | null> {
		const codes = await Promise.all(this.processes.map((process) => process.stop()));
		return codes.find((code) => code !== 0) ?? 0;
	}

	/** Makes PostgreSQL read all entries: it checks its pages itself when it reads them. */
	async integrity(): Promise<string> {
		const [row] = await this.postgres.ask(this.#databaseUrl, "SELECT count(*) FROM hubbub.entries WHERE seq < 1");
		return row?.count === "0" ? "ok" : `${row?.count} entries have a seq below 1`;
	}

	async stored(): Promise<StoredRooms> {
		const rows = (await this.postgres.ask(this.#databaseUrl, STORED)) as unknown as (StoredMessage & {
			room: string;
		})[];
		return Map.groupBy(rows, ({ room }) => room);
	}
}
