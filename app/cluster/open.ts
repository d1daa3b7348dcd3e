import { createHash } from "node:crypto";
import type { Cluster } from "../room/ports/cluster.ts";
import type { Store } from "../room/ports/store.ts";
import { localCluster } from "./local.ts";
import type { RedisClusterOptions } from "./redis/redis-cluster.ts";

type ClusterSettings = {
	/** A Redis or Valkey that all processes of the chat share. Without it the chat is one process. */
	redisUrl?: string | undefined;
};
type ClusterStore = Pick<Store, "getOrCreateSecret">;

const SECRET_BYTES = 32;
const CHAT_ID_CHARS = 12;

/**
 * Opens the cluster that the settings name: the processes with the same Redis and the same `store`. While it is unreachable,
 * the chat works without it.
 */
export async function openCluster(
	{ redisUrl }: ClusterSettings,
	store: ClusterStore | Promise<ClusterStore>,
	options: RedisClusterOptions,
): Promise<Cluster> {
	if (redisUrl === undefined) return localCluster;
	// Imported on use: a chat of one process does not load the client of Redis at every start.
	const { RedisCluster } = await import("./redis/redis-cluster.ts");
	return RedisCluster.open(redisUrl, await chatIdOf(await store), options);
}

/** Returns an id of the database, so that two chats on one Redis are apart. Only processes on that database know the secret. */
async function chatIdOf(store: ClusterStore): Promise<string> {
	const fresh = Buffer.from(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))).toString("hex");
	const secret = (await store.getOrCreateSecret?.(fresh)) ?? fresh;
	return createHash("sha256").update(`hubbub chat ${secret}`).digest("base64url").slice(0, CHAT_ID_CHARS);
}
