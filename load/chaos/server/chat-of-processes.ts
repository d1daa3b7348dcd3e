import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { RedisServer } from "../../../app/cluster/testing/redis-server.ts";
import { PostgresServer } from "../../../app/store/postgres/testing/postgres-server.ts";
import type { Stored } from "../check/record.ts";
import type { Stage } from "../rows/row.ts";
import { ChatProcess } from "./chat-process.ts";
import type { ChatUnderTest } from "./chat-under-test.ts";
import { freePort } from "./free-port.ts";
import { readMetric } from "./metrics.ts";
import { RoundRobin } from "./round-robin.ts";

const STORED = `
	SELECT rooms.name AS room, entries.seq::integer AS seq, author_id AS author, client_id AS "clientId", body
	FROM hubbub.entries JOIN hubbub.rooms ON rooms.id = room_id ORDER BY room, entries.seq
`;

/** Several processes that are one chat, on a PostgreSQL and a Redis of their own, behind a balancer. */
export class ChatOfProcesses implements ChatUnderTest {
	readonly url: string;
	readonly processes: readonly ChatProcess[];
	readonly postgres: PostgresServer;
	readonly redis: RedisServer;
	readonly #databaseUrl: string;

	private constructor(
		parts: Pick<ChatOfProcesses, "url" | "processes" | "postgres" | "redis"> & { databaseUrl: string },
	) {
		this.url = parts.url;
		this.processes = parts.processes;
		this.postgres = parts.postgres;
		this.redis = parts.redis;
		this.#databaseUrl = parts.databaseUrl;
	}

	/** Whatever happens, all of it is gone at the stage's end. */
	static async open({ cleanUp, folder, random }: Stage, count: number): Promise<ChatOfProcesses> {
		const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
		cleanUp.add(() => void postgres.dispose());
		cleanUp.add(() => void redis.dispose());
		const databaseUrl = await postgres.createDatabase();
		const env = {
			DATABASE_URL: databaseUrl,
			REDIS_URL: redis.url(),
			SESSION_SECRET: `one for all of them, ${random.next()}`,
		};
		const processes: ChatProcess[] = [];
		const ports: number[] = [];
		for (let index = 0; index < count; index++) {
			const port = await freePort(random.fork(`port ${index}`));
			const ofProcess = join(folder, `process-${index}`);
			mkdirSync(ofProcess);
			const process = new ChatProcess({ folder: ofProcess, port, env });
			cleanUp.add(() => process.signal("SIGKILL"));
			processes.push(process);
			ports.push(port);
		}
		await Promise.all(processes.map((process) => process.start()));
		const balancer = new RoundRobin(ports);
		cleanUp.add(() => balancer.close());
		return new ChatOfProcesses({ url: await balancer.listen(), processes, postgres, redis, databaseUrl });
	}

	/** Ends every connection that the chat has to its database, as an operator may. */
	async cutFromDatabase(): Promise<void> {
		const others = "application_name = 'hubbub' AND pid <> pg_backend_pid()";
		await this.postgres.ask(
			this.#databaseUrl,
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`,
		);
	}

	/** Entries that were read from the store because the word of them was lost, in all processes since they started. */
	async healed(): Promise<number> {
		const running = this.processes.filter(({ isRunning }) => isRunning);
		const counts = await Promise.all(running.map(({ url }) => readMetric(url, "hubbub_recovered_entries_total")));
		return counts.reduce((sum, count) => sum + count, 0);
	}

	async end(): Promise<number | null> {
		const codes = await Promise.all(this.processes.map((process) => process.end()));
		return codes.find((code) => code !== 0) ?? 0;
	}

	/** PostgreSQL checks its pages itself when it reads them: here it is only asked to read all of them. */
	async integrity(): Promise<string> {
		const [row] = await this.postgres.ask(this.#databaseUrl, "SELECT count(*) FROM hubbub.entries WHERE seq < 1");
		return row?.count === "0" ? "ok" : `${row?.count} entries have no place in a log`;
	}

	async stored(): Promise<ReadonlyMap<string, Stored[]>> {
		const rows = (await this.postgres.ask(this.#databaseUrl, STORED)) as unknown as (Stored & { room: string })[];
		return Map.groupBy(rows, ({ room }) => room);
	}
}
