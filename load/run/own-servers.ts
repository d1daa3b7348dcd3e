import { randomBytes } from "node:crypto";
import { RunFailed } from "../kit/cli.ts";
import { CHAT_ENTRY, LIFTED_LIMITS, ServerProcess } from "../kit/server-process.ts";
import { pinned } from "./pinning.ts";

const SECRET_BYTES = 24;
const COLLECT_GARBAGE = ["--expose-gc", "--import", new URL("./collect-garbage.mjs", import.meta.url).href];

export type OwnServerOptions = {
	/** Its LOAD_TOKEN; by default a random one. */
	loadToken?: string;
	env?: Record<string, string>;
	/** Whether it collects garbage once a minute, so that its memory is what it needs. */
	collectsGarbage?: boolean;
};

/** A chat server on this machine, on a temporary database unless the environment names another one. */
export type OwnServer = ServerProcess & { readonly loadToken: string };

export async function startOwnServer(options: OwnServerOptions = {}): Promise<OwnServer> {
	const { loadToken = newSecret(), env = {}, collectsGarbage = false } = options;
	const command = pinned("server", [process.execPath, ...(collectsGarbage ? COLLECT_GARBAGE : []), CHAT_ENTRY]);
	try {
		// Detached, because Ctrl-C must reach the run alone: it removes its rooms before it stops the server.
		const server = await ServerProcess.start({
			command,
			env: { ...LIFTED_LIMITS, LOAD_TOKEN: loadToken, ...env },
			detached: true,
		});
		return Object.assign(server, { loadToken });
	} catch (error) {
		throw new RunFailed((error as Error).message);
	}
}

/** Starts servers of one chat: they have the same token and the same key for sessions, and `env` names their database. */
export async function startOwnServers(count: number, options: OwnServerOptions): Promise<OwnServer[]> {
	const shared = { loadToken: newSecret(), ...options, env: { SESSION_SECRET: newSecret(), ...options.env } };
	const servers: OwnServer[] = [];
	try {
		// One after the other, because the first one creates the tables of an empty database.
		for (let index = 0; index < count; index++) servers.push(await startOwnServer(shared));
		return servers;
	} catch (error) {
		await stopAll(servers);
		throw error;
	}
}

export async function stopAll(servers: readonly OwnServer[]): Promise<void> {
	await Promise.all(servers.map((server) => server.stop()));
}

/** Returns a random text that is long enough for a token and for a signing key. */
export function newSecret(): string {
	return randomBytes(SECRET_BYTES).toString("hex");
}
