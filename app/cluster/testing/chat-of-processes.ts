import { after, before, type TestContext } from "node:test";
import { PostgresServer } from "../../store/postgres/testing/postgres-server.ts";
import { startServer, type TestServer } from "../../testing/harness.ts";
import { RedisServer } from "./redis-server.ts";

/** One PostgreSQL and one Redis, shared by the tests of a file. Each chat has databases of its own in them. */
export type Services = { postgres: PostgresServer; redis: RedisServer; chats: number };

/** Starts the services before the tests of a file, and stops them after. */
export function services(): () => Services {
	let started: Services | undefined;
	before(async () => {
		const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
		started = { postgres, redis, chats: 0 };
	});
	after(async () => {
		await Promise.all([started?.postgres.dispose(), started?.redis.dispose()]);
	});
	return () => started!;
}

/** Starts servers that are one chat: they share only PostgreSQL and Redis. */
export async function startChat(t: TestContext, services: Services, servers = 2): Promise<TestServer[]> {
	const env = {
		DATABASE_URL: await services.postgres.createDatabase(),
		REDIS_URL: services.redis.url(services.chats++),
	};
	return Promise.all(Array.from({ length: servers }, () => startServer(t, { env })));
}

/** Returns the sum of one counter of a server's metrics. */
export async function metric(server: TestServer, name: string): Promise<number> {
	const lines = (await server.metrics.text()).split("\n").filter((line) => line.startsWith(name));
	return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}
