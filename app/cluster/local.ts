import type { Cluster } from "../room/ports/cluster.ts";

const DONE = Promise.resolve();
const NOTHING = Promise.resolve(undefined);
const YES = Promise.resolve(true);

/** One process, which is the default: there is nobody to tell, and it costs nothing. */
export const localCluster: Cluster = {
	isConnected: undefined,
	listen() {},
	follow: () => DONE,
	fetchPeople: () => DONE,
	unfollow() {},
	publishToRoom() {},
	publishToAll() {},
	enter: () => YES,
	exit() {},
	counts: () => NOTHING,
	close: () => DONE,
};
