import { LocalServer, type LocalServerOptions, newSecret } from "./local-server.ts";

type Shared = { processes: number; databaseUrl: string; redisUrl: string | undefined; isCollected: boolean };

/** Several servers of our own that are one chat: they share a database, a Redis, and the key that signs the sessions. */
export async function startSeveral({ processes, databaseUrl, redisUrl, isCollected }: Shared): Promise<LocalServer[]> {
	const options: LocalServerOptions = {
		isCollected,
		loadToken: newSecret(),
		env: {
			DATABASE_URL: databaseUrl,
			SESSION_SECRET: newSecret(),
			...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
		},
	};
	const started: LocalServer[] = [];
	try {
		// One after the other: the first of them prepares an empty database.
		for (let index = 0; index < processes; index++) started.push(await LocalServer.start(options));
		return started;
	} catch (error) {
		await stopAll(started);
		throw error;
	}
}

export async function stopAll(servers: LocalServer[]): Promise<void> {
	await Promise.all(servers.map((server) => server.stop()));
}
