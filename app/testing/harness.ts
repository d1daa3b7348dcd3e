/** A real server in the test's own process, on a free port: `const ada = await server.client("ada")`. */
import type { TestContext } from "node:test";
import { type OpenServer, openServer } from "./open-server.ts";
import { testData } from "./test-data.ts";
import { type Visitors, visitorsOf } from "./visitors.ts";

export type StartOptions = {
	/** Environment variables. */
	env?: Record<string, string>;
	/** The content of `BANNED_WORDS_FILE`. */
	bannedWords?: string;
	/** The data folder of an earlier server, whose data is used; by default a new one. */
	dataFolder?: string;
};

/** A chat as its clients see it. */
export type TestChat = Visitors & {
	url: string;
	dataFolder: string;
	/** Stops it. The end of the test does so too. */
	stop(): Promise<void>;
};

/** A chat with its domain, sockets and store. */
export type TestServer = TestChat & OpenServer;

/** Settings without limits. Tests of a limit set it. */
export const TEST_SETTINGS = {
	SESSION_SECRET: "a secret of the tests, long enough",
	LIMIT_MESSAGES_PER_S: "0",
	LIMIT_EDITS_PER_S: "0",
	LIMIT_REACTIONS_PER_S: "0",
	LIMIT_PACKETS_PER_S: "0",
	LIMIT_JOINS_PER_S: "0",
	LIMIT_READS_PER_S: "0",
	LIMIT_SESSIONS_PER_S: "0",
	LIMIT_LISTS_PER_S: "0",
	LIMIT_UPLOADS_PER_S: "0",
	LIMIT_DOWNLOADS_PER_S: "0",
	LIMIT_CONNECTIONS_PER_USER: "0",
	LIMIT_CONNECTIONS_PER_ADDRESS: "0",
};

/**
 * Starts a server for tests that inspect it or replace parts of it. Tests that only use it as clients call `openChat`, which
 * starts several processes if the run is configured so.
 */
export async function startServer(t: TestContext, options: StartOptions = {}): Promise<TestServer> {
	const data = await testData(t, options.dataFolder);
	const env = { ...TEST_SETTINGS, LOG_LEVEL: "fatal", ...data.env, ...options.env };
	const server = await openServer({ env, bannedWords: options.bannedWords });
	const { visitors, closeAll } = visitorsOf(server.url);
	let stopping: Promise<void> | undefined;
	function stop(): Promise<void> {
		stopping ??= (async () => {
			closeAll();
			await server.stop();
		})();
		return stopping;
	}
	data.usedBy(stop);
	return { ...server, ...visitors, dataFolder: data.folder, stop };
}
