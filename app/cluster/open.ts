import type { Cluster } from "../room/ports/cluster.ts";
import { localCluster } from "./local.ts";
import type { RedisClusterOptions } from "./redis/redis-cluster.ts";

type ClusterSettings = {
	/** A Redis or Valkey that all processes of the chat share. Without it the chat is one process. */
	redisUrl?: string | undefined;
};

/** Opens the cluster that the settings name. While it is unreachable, the chat works without it. */
export async function openCluster({ redisUrl }: ClusterSettings, options: RedisClusterOptions): Promise<Cluster> {
	if (redisUrl === undefined) return localCluster;
	// Imported on use: a chat of one process does not load the client of Redis at every start.
	const { RedisCluster } = await import("./redis/redis-cluster.ts");
	return RedisCluster.open(redisUrl, options);
}
