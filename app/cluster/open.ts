import type { Cluster } from "../room/cluster.ts";
import { alone } from "./alone.ts";

export type ClusterSettings = {
	/** A Redis or Valkey that all processes of the chat share; without it, this process is the chat. */
	redisUrl?: string | undefined;
};

/** For the log. */
export type ClusterTold = {
	/** Told when the other processes come into reach and when they are lost. */
	onState: (state: { isConnected: boolean; reason?: string }) => void;
	/** Told of what another process said and this one could not do. */
	onError: (error: unknown) => void;
};

/** The other processes that the settings speak of. While they can't be reached, the chat goes on without them. */
export async function openCluster({ redisUrl }: ClusterSettings, told: ClusterTold): Promise<Cluster> {
	if (redisUrl === undefined) return alone;
	// Loaded only where it is used: one process does not pay for Redis' client at every start.
	const { RedisCluster } = await import("./redis/redis-cluster.ts");
	return RedisCluster.open(redisUrl, told);
}
