/** A real server in the test's own process, on a free port: `const ada = await server.client("ada")`. */
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { openCluster } from "../cluster/open.ts";
import { loadConfig } from "../config.ts";
import { createLog } from "../log.ts";
import type { Store } from "../room/ports/store.ts";
import { type ChatHttpServer, createServer } from "../server.ts";
import { openStore } from "../store/open.ts";
import { testData } from "./test-data.ts";
import { type Visitors, visitorsOf } from "./visitors.ts";

export type StartOptions = {
	/** Environment variables, as an operator would set them. */
	env?: Record<string, string>;
	/** The operator's list of words that a message may not have. */
	bannedWords?: string;
	/** The data folder of an earlier server, to start on what that one kept; without it there is nothing yet. */
	dataFolder?: string;
};

/** A chat as it is seen from outside. */
export type TestChat = Visitors & {
	url: string;
	dataFolder: string;
	/** Stops it; the test's end does it as well. */
	stop(): Promise<void>;
};

/** With its insides. */
export type TestServer = TestChat & ChatHttpServer & { store: Store };

/** Nothing that a test does at its own pace is too fast, unless the test says so. */
export const TEST_SETTINGS = {
	SESSION_SECRET: "a secret of the tests, long enough",
	LIMIT_MESSAGES_PER_S: "0",
	LIMIT_PACKETS_PER_S: "0",
	LIMIT_JOINS_PER_S: "0",
	LIMIT_READS_PER_S: "0",
	LIMIT_SESSIONS_PER_S: "0",
	LIMIT_LISTS_PER_S: "0",
	LIMIT_CONNECTIONS_PER_USER: "0",
	LIMIT_CONNECTIONS_PER_ADDRESS: "0",
};

/**
 * For tests that look into a server or take the place of one of its parts. What speaks to it from outside alone uses
 * `openChat`, which is several processes where the run asks for them.
 */
export async function startServer(t: TestContext, options: StartOptions = {}): Promise<TestServer> {
	const data = await testData(t, options.dataFolder);
	const config = loadConfig({ ...TEST_SETTINGS, LOG_LEVEL: "fatal", ...data.env, ...options.env });
	const store = await openStore(config);
	const page = { file: () => undefined };
	const { bannedWords = "" } = options;
	const server = await createServer({
		config,
		secret: String(config.sessionSecret),
		store,
		cluster: await openCluster(config, { onState() {}, onError() {} }),
		page,
		bannedWords,
		log: createLog(config.logLevel),
	});
	await new Promise<void>((resolve) => server.http.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(server.http.address() as AddressInfo).port}`;
	const { visitors, sendAway } = visitorsOf(url);
	let stopping: Promise<void> | undefined;
	function stop(): Promise<void> {
		stopping ??= (async () => {
			sendAway();
			await server.close();
			await store.close();
		})();
		return stopping;
	}
	data.usedBy(stop);
	return { ...server, ...visitors, url, dataFolder: data.folder, store, stop };
}
