import { backup, type DatabaseSync } from "node:sqlite";
import { auditReader } from "./audit.ts";
import { fileReader } from "./files.ts";
import { logReader } from "./log.ts";
import { privateRoomReader } from "./private-rooms.ts";
import { readMarkReader } from "./read-marks.ts";
import { roomLister } from "./rooms.ts";

/** More pages than any database has: a copy in one step is one snapshot, whatever is written meanwhile. */
const ALL_PAGES = 2 ** 31 - 1;

/** The calls of the reader thread. */
export function readerCalls(db: DatabaseSync) {
	const privateRooms = privateRoomReader(db);
	return {
		...logReader(db, privateRooms.stateOf),
		readMarks: readMarkReader(db),
		rooms: roomLister(db),
		roleIn: privateRooms.roleIn,
		membersOf: privateRooms.membersOf,
		privateRoomsOf: privateRooms.privateRoomsOf,
		nameOf: privateRooms.nameOf,
		audit: auditReader(db),
		...fileReader(db),
		backup: async (to: string) => void (await backup(db, to, { rate: ALL_PAGES })),
		close: () => db.close(),
	};
}

export type ReaderCalls = ReturnType<typeof readerCalls>;
