import type { LocalStorage } from "./local-storage.ts";
import type { StoredMark } from "./read-mark.ts";

/** A longer draft is kept up to here. Browsers give a site 5 MB. */
const MAX_DRAFT_CHARS = 20_000;

/** The rooms of one user, kept on this device. */
export type RoomStorage = {
	joined(): string[];
	/** Adds a room to those of all tabs: before another one, or as the last one. */
	addJoined(name: string, before?: string): void;
	/** Removes a room from those of all tabs. */
	removeJoined(name: string): void;
	current(): string | undefined;
	setCurrent(name: string | undefined): void;
	/** Returns the newest entry that was read in the room. */
	read(name: string): StoredMark | undefined;
	setRead(name: string, mark: StoredMark): void;
	/** Returns the unsent text of the room's composer. */
	draft(name: string): string;
	setDraft(name: string, text: string): void;
	forget(name: string): void;
	/** Whether another tab has signed out or signed in as another user since. */
	isOutdated(): boolean;
};

/** Drops the rooms of another user who was signed in on this device before. */
export function createRoomStorage(storage: LocalStorage, userId: string): RoomStorage {
	if (storage.get("roomsOf") !== userId) forgetRooms(storage);
	storage.set("roomsOf", userId);
	const isPersistent = storage.get("roomsOf") === userId;

	const reads = () => new Map(asEntries(storage.get("read"), isMark));
	const drafts = () => new Map(asEntries(storage.get("drafts"), isText));
	const isOutdated = () => isPersistent && storage.get("roomsOf") !== userId;
	const joined = () => asNames(storage.get("rooms"));
	function setJoined(names: readonly string[]): void {
		if (!isOutdated()) storage.set("rooms", names);
	}
	function setRead(name: string, mark: StoredMark): void {
		if (!isOutdated()) storage.set("read", [...reads().set(name, mark)]);
	}
	function setDraft(name: string, text: string): void {
		const all = drafts();
		if (isOutdated() || text === (all.get(name) ?? "")) return;
		if (text === "") all.delete(name);
		else all.set(name, text.slice(0, MAX_DRAFT_CHARS));
		storage.set("drafts", [...all]);
	}
	return {
		joined,
		addJoined(name, before) {
			const others = joined().filter((other) => other !== name);
			const index = before === undefined ? -1 : others.indexOf(before);
			setJoined(others.toSpliced(index === -1 ? others.length : index, 0, name));
		},
		removeJoined: (name) => setJoined(joined().filter((other) => other !== name)),
		current: () => asNames([storage.get("current")])[0],
		setCurrent: (name) => storage.set("current", name ?? null),
		read: (name) => reads().get(name),
		setRead,
		draft: (name) => drafts().get(name) ?? "",
		setDraft,
		forget(name) {
			setDraft(name, "");
			const rest = reads();
			rest.delete(name);
			storage.set("read", [...rest]);
		},
		isOutdated,
	};
}

/** Deletes all of it, as after signing out. */
export function forgetRooms(storage: LocalStorage): void {
	for (const key of ["roomsOf", "rooms", "current", "read", "drafts"]) storage.remove(key);
}

function asNames(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
}

/** Returns the entries of a stored map whose values have the type. */
function asEntries<V>(value: unknown, isOfType: (value: unknown) => value is V): [string, V][] {
	if (!Array.isArray(value)) return [];
	return value.filter(
		(entry): entry is [string, V] => Array.isArray(entry) && typeof entry[0] === "string" && isOfType(entry[1]),
	);
}

function isMark(value: unknown): value is StoredMark {
	const mark = value as { epoch?: unknown; seq?: unknown } | null | undefined;
	return typeof mark?.epoch === "string" && Number.isSafeInteger(mark.seq);
}

function isText(value: unknown): value is string {
	return typeof value === "string";
}
