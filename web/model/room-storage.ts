import type { Cursor } from "../../app/protocol/log.ts";
import type { LocalStorage } from "./local-storage.ts";

/** The rooms of one user, kept on this device. */
export type RoomStorage = {
	joined(): string[];
	setJoined(names: readonly string[]): void;
	current(): string | undefined;
	setCurrent(name: string | undefined): void;
	/** Returns the newest entry that was read in the room. */
	read(name: string): Cursor | undefined;
	setRead(name: string, cursor: Cursor): void;
	forget(name: string): void;
	/** Whether another tab has signed out or signed in as another user since. */
	isOutdated(): boolean;
};

/** Drops the rooms of another user who was signed in on this device before. */
export function createRoomStorage(storage: LocalStorage, userId: string): RoomStorage {
	if (storage.get("roomsOf") !== userId) forgetRooms(storage);
	storage.set("roomsOf", userId);
	const isPersistent = storage.get("roomsOf") === userId;

	const reads = () => new Map(asEntries(storage.get("read")));
	return {
		joined: () => asNames(storage.get("rooms")),
		setJoined: (names) => storage.set("rooms", names),
		current: () => asNames([storage.get("current")])[0],
		setCurrent: (name) => storage.set("current", name ?? null),
		read: (name) => reads().get(name),
		setRead: (name, cursor) => storage.set("read", [...reads().set(name, cursor)]),
		forget(name) {
			const rest = reads();
			rest.delete(name);
			storage.set("read", [...rest]);
		},
		isOutdated: () => isPersistent && storage.get("roomsOf") !== userId,
	};
}

/** Deletes all of it, as after signing out. */
export function forgetRooms(storage: LocalStorage): void {
	for (const key of ["roomsOf", "rooms", "current", "read"]) storage.remove(key);
}

function asNames(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
}

function asEntries(value: unknown): [string, Cursor][] {
	return Array.isArray(value) ? value.filter(isEntry) : [];
}

function isEntry(value: unknown): value is [string, Cursor] {
	if (!Array.isArray(value) || typeof value[0] !== "string") return false;
	const cursor: { epoch?: unknown; seq?: unknown } | null = value[1];
	return typeof cursor?.epoch === "string" && Number.isSafeInteger(cursor.seq);
}
