import type { Cluster } from "../room/ports/cluster.ts";

const DONE = Promise.resolve();
const UNDEFINED = Promise.resolve(undefined);
const TRUE = Promise.resolve(true);

/** The cluster of one process, which is the default: every method is a no-op. */
export const localCluster: Cluster = {
	isConnected: undefined,
	listen() {},
	follow: () => DONE,
	fetchPeople: () => DONE,
	unfollow() {},
	publishToRoom() {},
	publishToAll() {},
	enter: () => TRUE,
	exit() {},
	counts: () => UNDEFINED,
	close: () => DONE,
};
