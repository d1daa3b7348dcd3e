import type { AddressInfo } from "node:net";
import { openCluster } from "../cluster/open.ts";
import { loadConfig } from "../config.ts";
import { openFileStorage } from "../files/open.ts";
import { createLog } from "../log.ts";
import type { Store } from "../room/ports/store.ts";
import { type ChatHttpServer, createServer } from "../server.ts";
import { openStore } from "../store/open.ts";

export type ServerOptions = {
	/** Environment variables. */
	env: Record<string, string>;
	/** The content of `BANNED_WORDS_FILE`. */
	bannedWords?: string | undefined;
};

/** A server with its domain, sockets and store. */
export type OpenServer = ChatHttpServer & {
	store: Store;
	url: string;
	/** Drains and stops it. */
	stop(): Promise<void>;
};

/** Opens the real server in this process, on a free port of the loopback address. */
export async function openServer({ env, bannedWords = "" }: ServerOptions): Promise<OpenServer> {
	const config = loadConfig(env);
	const store = await openStore(config);
	const server = await createServer({
		config,
		secret: String(config.sessionSecret),
		store,
		fileStorage: await openFileStorage(config),
		cluster: await openCluster(config, store, { onState() {}, onError() {} }),
		page: { file: () => undefined },
		bannedWords,
		log: createLog(config.logLevel),
	});
	await new Promise<void>((resolve) => server.http.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(server.http.address() as AddressInfo).port}`;
	async function stop(): Promise<void> {
		await server.close();
		await store.close();
	}
	return { ...server, store, url, stop };
}
