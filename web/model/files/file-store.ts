import type { DBSchema, IDBPDatabase } from "idb";

interface Schema extends DBSchema {
	files: { key: string; value: { id: string; content: Blob; createdAt: number } };
}

/** Contents that are older than this are deleted: their messages are, too. */
const KEPT_MS = 30 * 86_400_000;

/** Keeps the contents of files over a reload until they are sent. Methods reject if the device can't store. */
export type FileStore = {
	put(id: string, content: Blob): Promise<void>;
	get(id: string): Promise<Blob | undefined>;
	remove(id: string): Promise<void>;
	/** Returns the size of all contents. */
	bytes(): Promise<number>;
};

/** Stores contents in a database of their own: what is stored beside them is written at every change of a message. */
export function openFileStore(name = "hubbub-files"): FileStore {
	let opened: Promise<IDBPDatabase<Schema>> | undefined;
	function database(): Promise<IDBPDatabase<Schema>> {
		opened ??= openDatabase(name, () => {
			opened = undefined;
		});
		return opened;
	}
	return {
		async put(id, content) {
			await (await database()).put("files", { id, content, createdAt: Date.now() });
		},
		async get(id) {
			return (await (await database()).get("files", id))?.content;
		},
		async remove(id) {
			await (await database()).delete("files", id);
		},
		async bytes() {
			const files = await (await database()).getAll("files");
			return files.reduce((sum, { content }) => sum + content.size, 0);
		},
	};
}

async function openDatabase(name: string, onClosed: () => void): Promise<IDBPDatabase<Schema>> {
	// The page has loaded idb in there.
	const { openDB } = await import("../pending-database.ts");
	const database = await openDB<Schema>(name, 1, {
		upgrade: (database) => database.createObjectStore("files", { keyPath: "id" }),
		// Signing out deletes the database.
		blocking() {
			onClosed();
			database.close();
		},
		terminated: onClosed,
	});
	for (const { id, createdAt } of await database.getAll("files"))
		if (createdAt < Date.now() - KEPT_MS) await database.delete("files", id);
	return database;
}
