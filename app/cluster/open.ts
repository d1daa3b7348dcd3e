import type { Cluster } from "../room/ports/cluster.ts";
import { localCluster } from "./local.ts";
import type { RedisClusterOptions } from "./redis/redis-cluster.ts";

type ClusterSettings = {
	/** A Redis or Valkey that all processes of the chat share; without it, this process is the chat. */
	redisUrl?: string | undefined;
};

/** The other processes that the settings speak of. While they can't be reached, the chat goes on without them. */
export async function openCluster({ redisUrl }: ClusterSettings, told: RedisClusterOptions): Promise<Cluster> {
	if (redisUrl === undefined) return localCluster;
	// Loaded only where it is used: one process does not pay for Redis' client at every start.
	const { RedisCluster } = await import("./redis/redis-cluster.ts");
	return RedisCluster.open(redisUrl, told);
}
