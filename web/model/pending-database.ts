import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { User } from "../../app/protocol/session.ts";
import { createClientId } from "./client-id.ts";
import type { PendingStore, StoredPending } from "./pending.ts";
import { serverNow } from "./server-clock.ts";

// The store of files loads it from here, so that it is in one file.
export { openDB } from "idb";

interface Schema extends DBSchema {
	pending: { key: string; value: StoredPending & { owner: string }; indexes: { owner: string } };
}

/** Messages of other users that are older than this are deleted. */
const KEPT_MS = 30 * 86_400_000;

/**
 * Stores pending messages in IndexedDB. Each tab holds a Web Lock while it is open. A tab that acquires the lock of a
 * closed tab takes over its messages.
 */
export function openPendingDatabase(name = "hubbub"): PendingStore {
	const tab = createClientId();
	const opened = openDatabase(name);
	// Each method rejects with this error. Without a caller it is not an unhandled rejection.
	opened.catch(() => {});
	const alive = holdForLife(lockOf(name, tab));
	/** Open tabs whose end this one awaits. */
	const awaited = new Set<string>();

	return {
		async put(record) {
			await alive;
			await (await opened).put("pending", { ...record, owner: tab });
		},
		async remove(id) {
			await alive;
			await (await opened).delete("pending", id);
		},
		async adopt(user, take) {
			await alive;
			const database = await opened;
			for (const owner of await ownersOf(database, user)) {
				const lock = lockOf(name, owner);
				const takeOver = async () => {
					const records = await changeOwner(database, owner, tab, user);
					if (records.length > 0) take(records);
				};
				if (owner === tab) await takeOver();
				else if (!(await isHeld(lock))) await whenFree(lock, takeOver);
				else if (!awaited.has(owner)) {
					awaited.add(owner);
					whenFree(lock, takeOver).catch(() => awaited.delete(owner));
				}
			}
		},
		async clear(userId) {
			const database = await opened;
			for (const { clientId, author } of await database.getAll("pending")) {
				if (author.id === userId) await database.delete("pending", clientId);
			}
			// The files of these messages.
			indexedDB.deleteDatabase(`${name}-files`);
		},
	};
}

/** Rejects, and does not throw, where the browser has no IndexedDB or blocks it. */
async function openDatabase(name: string): Promise<IDBPDatabase<Schema>> {
	return await openDB<Schema>(name, 1, {
		upgrade: (database) => database.createObjectStore("pending", { keyPath: "clientId" }).createIndex("owner", "owner"),
	});
}

function isTheirs({ author }: StoredPending, user: User): boolean {
	return author.id === user.id || author.name === user.name;
}

async function ownersOf(database: IDBPDatabase<Schema>, user: User): Promise<Set<string>> {
	const owners = new Set<string>();
	for (const record of await database.getAll("pending")) {
		// Not by its age: it may have been written while the clock of the device was wrong.
		if (isTheirs(record, user)) owners.add(record.owner);
		else if (record.createdAt < serverNow() - KEPT_MS) await database.delete("pending", record.clientId);
	}
	return owners;
}

async function changeOwner(database: IDBPDatabase<Schema>, from: string, to: string, user: User) {
	const change = database.transaction("pending", "readwrite");
	const all = await change.store.index("owner").getAll(from);
	const records = all.filter((record) => isTheirs(record, user)).sort((a, b) => a.order - b.order);
	for (const record of records) await change.store.put({ ...record, owner: to });
	await change.done;
	return records.map(({ owner: _, ...record }) => record);
}

/**
 * Undefined without https. A tab then also takes over the messages of open tabs, and rule M2 ensures that each is stored
 * once.
 */
const locks: LockManager | undefined = globalThis.navigator?.locks;

function lockOf(name: string, tab: string): string {
	return `${name}.tab.${tab}`;
}

/** Resolves when the lock is held. The browser releases it when the page is closed. */
function holdForLife(lock: string): Promise<void> {
	return new Promise((resolve) => {
		if (!locks) return resolve();
		const forLife = () => {
			resolve();
			return new Promise<never>(() => {});
		};
		locks.request(lock, forLife).catch(() => resolve());
	});
}

async function whenFree(lock: string, action: () => Promise<void>): Promise<void> {
	await (locks ? locks.request(lock, action) : action());
}

async function isHeld(lock: string): Promise<boolean> {
	const { held } = (await locks?.query()) ?? {};
	return held?.some(({ name }) => name === lock) ?? false;
}
