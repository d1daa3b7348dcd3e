import type { PendingStore, StoredPending } from "../pending.ts";

/** A store for Node, which has no IndexedDB. Keeps copies, like IndexedDB. */
export function pendingInMemory(): PendingStore {
	const records = new Map<string, StoredPending>();
	return {
		async put(record) {
			records.set(record.clientId, structuredClone(record));
		},
		async remove(clientId) {
			records.delete(clientId);
		},
		async adopt(user, take) {
			take([...records.values()].filter(({ author }) => author.id === user.id));
		},
		async clear(userId) {
			for (const { clientId, author } of records.values()) if (author.id === userId) records.delete(clientId);
		},
	};
}
