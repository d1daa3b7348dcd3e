import { RedisServer } from "../../../app/cluster/testing/redis-server.ts";
import { PostgresServer } from "../../../app/store/postgres/testing/postgres-server.ts";
import type { Contender } from "./contender.ts";
import { ours, program } from "./ours.ts";

/** Redis has so many databases; each run has the next one. */
const REDIS_DATABASES = 16;

type Services = { postgres: PostgresServer; redis: RedisServer };
let started: Promise<Services> | undefined;
let runs = 0;

/**
 * Ours as one of several processes: it commits to PostgreSQL and tells the others through Redis, though all members are
 * its own. What those two use of the machine is not counted, for they run elsewhere.
 */
export const shared: Contender = {
	...ours,
	id: "shared",
	title: "Hubbub on PostgreSQL and Redis",
	program() {
		const alone = program();
		return {
			...alone,
			async env(directory) {
				started ??= startServices();
				const { postgres, redis } = await started;
				return {
					...(await alone.env?.(directory)),
					DATABASE_URL: await postgres.createDatabase(),
					REDIS_URL: redis.url(runs++ % REDIS_DATABASES),
					SESSION_SECRET: "signs the sessions of a benchmark",
				};
			},
		};
	},
	async dispose() {
		const services = await started;
		await Promise.all([services?.postgres.dispose(), services?.redis.dispose()]);
	},
};

async function startServices(): Promise<Services> {
	const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
	return { postgres, redis };
}
