import type { Cursor } from "../../app/protocol/log.ts";
import type { Memory } from "./memory.ts";

/** What this device remembers of the rooms somebody is in. */
export type RoomMemory = {
	joined(): string[];
	setJoined(names: readonly string[]): void;
	current(): string | undefined;
	setCurrent(name: string | undefined): void;
	/** Up to where the room was read. */
	read(name: string): Cursor | undefined;
	setRead(name: string, cursor: Cursor): void;
	forget(name: string): void;
	/** Whether somebody else has signed in on this device since, or nobody is: another tab has seen to that. */
	isOutdated(): boolean;
};

/** Remembers for one person: what another left on this device is not theirs. */
export function createRoomMemory(memory: Memory, userId: string): RoomMemory {
	if (memory.get("roomsOf") !== userId) forgetRooms(memory);
	memory.set("roomsOf", userId);
	const remembers = memory.get("roomsOf") === userId;

	const reads = () => new Map(asEntries(memory.get("read")));
	return {
		joined: () => asNames(memory.get("rooms")),
		setJoined: (names) => memory.set("rooms", names),
		current: () => asNames([memory.get("current")])[0],
		setCurrent: (name) => memory.set("current", name ?? null),
		read: (name) => reads().get(name),
		setRead: (name, cursor) => memory.set("read", [...reads().set(name, cursor)]),
		forget(name) {
			const rest = reads();
			rest.delete(name);
			memory.set("read", [...rest]);
		},
		isOutdated: () => remembers && memory.get("roomsOf") !== userId,
	};
}

/** Forgets every room, as nobody is signed in any more. */
export function forgetRooms(memory: Memory): void {
	for (const key of ["roomsOf", "rooms", "current", "read"]) memory.remove(key);
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
