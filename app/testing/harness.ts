/** A real server on a free port with a real SQLite file, and typed clients: `const ada = await server.client("ada")`. */
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { openCluster } from "../cluster/open.ts";
import { loadConfig } from "../config.ts";
import { createLog } from "../log.ts";
import type { SessionData } from "../protocol.ts";
import type { Store } from "../room/ports.ts";
import { type ChatHttpServer, createServer } from "../server.ts";
import { openStore } from "../store/open.ts";
import { type ClientOptions, TestClient } from "./client.ts";

export type StartOptions = {
	/** Environment variables, as an operator would set them. */
	env?: Record<string, string>;
	/** The operator's list of words that a message may not have. */
	bannedWords?: string;
	/** A data folder of an earlier server; without it there is a new one, removed at the end. */
	dataFolder?: string;
};

export type TestServer = ChatHttpServer & {
	url: string;
	dataFolder: string;
	store: Store;
	/** Somebody new, signed in and connected. */
	client(name: string, options?: ClientOptions): Promise<TestClient>;
	/** A connection for a session that is there already. */
	connect(session: SessionData, options?: ClientOptions): Promise<TestClient>;
	signIn(name: string): Promise<SessionData>;
	/** Stops the server; the test's end does it as well. */
	stop(): Promise<void>;
};

/** Nothing that a test does at its own pace is too fast, unless the test says so. */
const UNLIMITED = {
	LIMIT_MESSAGES_PER_S: "0",
	LIMIT_PACKETS_PER_S: "0",
	LIMIT_JOINS_PER_S: "0",
	LIMIT_SESSIONS_PER_S: "0",
	LIMIT_LISTS_PER_S: "0",
	LIMIT_CONNECTIONS_PER_USER: "0",
	LIMIT_CONNECTIONS_PER_ADDRESS: "0",
};

/** How to stop every server that was started on a data folder. */
const stopsIn = new Map<string, (() => Promise<void>)[]>();

export async function startServer(t: TestContext, options: StartOptions = {}): Promise<TestServer> {
	const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), "hubbub-")));
	const config = loadConfig({
		...UNLIMITED,
		LOG_LEVEL: "fatal",
		SESSION_SECRET: "a secret of the tests, long enough",
		DATABASE_PATH: join(dataFolder, "hubbub.db"),
		...options.env,
	});
	const store = await openStore(config);
	const page = { file: () => undefined };
	const { bannedWords = "" } = options;
	const server = await createServer({
		config,
		secret: String(config.sessionSecret),
		store,
		cluster: await openCluster(config, () => {}),
		page,
		bannedWords,
		log: createLog(config.logLevel),
	});
	await new Promise<void>((resolve) => server.http.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(server.http.address() as AddressInfo).port}`;
	const clients = new Set<TestClient>();

	async function signIn(name: string): Promise<SessionData> {
		const response = await fetch(`${url}/api/session`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ name }),
		});
		if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
		return response.json();
	}
	async function connect(session: SessionData, clientOptions?: ClientOptions): Promise<TestClient> {
		const client = new TestClient(url, session, clientOptions);
		clients.add(client);
		await client.connected();
		return client;
	}
	let stopping: Promise<void> | undefined;
	function stop(): Promise<void> {
		stopping ??= (async () => {
			for (const client of clients) client.close();
			await server.close();
			await store.close();
		})();
		return stopping;
	}
	const stopsHere = stopsIn.get(dataFolder) ?? [];
	stopsIn.set(dataFolder, [...stopsHere, stop]);
	t.after(async () => {
		await stop();
		if (options.dataFolder !== undefined) return;
		// A server that was started on this one's data may outlive it.
		for (const stopAnother of stopsIn.get(dataFolder) ?? []) await stopAnother();
		stopsIn.delete(dataFolder);
		await rm(dataFolder, { recursive: true, force: true });
	});
	const client = async (name: string, clientOptions?: ClientOptions) => connect(await signIn(name), clientOptions);
	return { ...server, url, dataFolder, store, client, connect, signIn, stop };
}
