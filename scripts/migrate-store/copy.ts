import { type RoomRow, SMALL_TABLES, type SmallTable, type Source, type Target } from "./archive.ts";

export type Counts = { rooms: number; entries: number };

/** Copies what the target does not have yet; `onProgress` is called with what has been looked at so far. */
export async function copy(source: Source, target: Target, onProgress: (done: Counts) => void): Promise<void> {
	const done: Counts = { rooms: 0, entries: 0 };
	for await (const room of source.rooms()) {
		for (let head = await headIn(target, room); ; ) {
			const entries = await source.entries(room.name, head);
			if (entries.length === 0) break;
			await target.addEntries(room.name, entries);
			head = entries.at(-1)![0] as number;
			done.entries += entries.length;
			onProgress(done);
		}
		done.rooms++;
		onProgress(done);
	}
	await target.addRevokedSessions(await source.revokedSessions());
	for (const table of Object.keys(SMALL_TABLES) as SmallTable[])
		await target.replaceSmall(table, await source.small(table));
}

async function headIn(target: Target, room: RoomRow): Promise<number> {
	const head = await target.headOf(room.name);
	if (head === undefined) await target.addRoom(room);
	return head ?? room.floor;
}
