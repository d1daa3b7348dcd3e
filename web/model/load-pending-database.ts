import type { PendingStore } from "./pending.ts";

/**
 * Returns the store of pending messages. Its database is loaded with the first use, while the page connects: a room is
 * drawn without it. A failure is tried again with the next use.
 */
export function loadPendingDatabase(): PendingStore {
	let loading: Promise<PendingStore> | undefined;
	function load(): Promise<PendingStore> {
		loading ??= import("./pending-database.ts").then(
			({ openPendingDatabase }) => openPendingDatabase(),
			(error: unknown) => {
				loading = undefined;
				throw error;
			},
		);
		return loading;
	}
	return {
		put: async (record) => (await load()).put(record),
		remove: async (clientId) => (await load()).remove(clientId),
		adopt: async (user, take) => (await load()).adopt(user, take),
		clear: async (userId) => (await load()).clear(userId),
	};
}
