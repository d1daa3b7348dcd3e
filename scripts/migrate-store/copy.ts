import {
	type Archive,
	type ArchivedRoom,
	pagesOf,
	ROOM_TABLE_NAMES,
	SMALL_TABLES,
	type SmallTable,
	type WritableArchive,
} from "./archive.ts";

export type CopyProgress = { rooms: number; entries: number };

/** Copies everything that the target lacks. Calls `onProgress` with the number of rooms and entries processed. */
export async function copy(
	source: Archive,
	target: WritableArchive,
	onProgress: (done: CopyProgress) => void,
): Promise<void> {
	const done: CopyProgress = { rooms: 0, entries: 0 };
	for await (const room of source.rooms()) {
		for (let head = await headIn(target, room); ; ) {
			const entries = await source.entries(room.name, head);
			if (entries.length === 0) break;
			await target.addEntries(room.name, entries);
			head = entries.at(-1)![0] as number;
			done.entries += entries.length;
			onProgress(done);
		}
		for (const table of ROOM_TABLE_NAMES)
			for await (const rows of pagesOf(source, table, room.name)) await target.addRoomRows(table, room.name, rows);
		done.rooms++;
		onProgress(done);
	}
	await target.addRevokedSessions(await source.revokedSessions());
	for (const table of Object.keys(SMALL_TABLES) as SmallTable[])
		await target.replaceSmall(table, await source.smallTable(table));
}

async function headIn(target: WritableArchive, room: ArchivedRoom): Promise<number> {
	const head = await target.headOf(room.name);
	if (head === undefined) await target.addRoom(room);
	return head ?? room.floor;
}
