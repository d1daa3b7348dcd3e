import { createHash, type Hash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
	type Archive,
	type ArchivedRoom,
	type EntryValues,
	pagesOf,
	ROOM_TABLE_NAMES,
	SMALL_TABLES,
	type SmallTable,
} from "./archive.ts";
import type { CopyProgress } from "./copy.ts";

type Summary = { room: ArchivedRoom; entries: number; checksum: string };

/** Compares two stores room by room: the room's row, the number of entries, and a checksum of them and of what belongs to
 * their messages. Throws if any differ. */
export async function verify(
	source: Archive,
	target: Archive,
	onProgress: (done: CopyProgress) => void,
): Promise<CopyProgress> {
	const done: CopyProgress = { rooms: 0, entries: 0 };
	const copies = new Map<string, ArchivedRoom>();
	for await (const room of target.rooms()) copies.set(room.name, room);
	for await (const room of source.rooms()) {
		const copied = copies.get(room.name);
		copies.delete(room.name);
		const expected = await summaryOf(source, room);
		const found = copied && (await summaryOf(target, copied));
		if (!isDeepStrictEqual(expected, found)) throw new Error(differenceOf(room.name, expected, found));
		done.rooms++;
		done.entries += expected.entries;
		onProgress(done);
	}
	for (const name of copies.keys()) throw new Error(`The room "${name}" is in the copy but not in the source.`);
	if (!isDeepStrictEqual(await source.revokedSessions(), await target.revokedSessions()))
		throw new Error("The revoked sessions differ.");
	for (const table of Object.keys(SMALL_TABLES) as SmallTable[])
		if (!isDeepStrictEqual(sorted(await source.smallTable(table)), sorted(await target.smallTable(table))))
			throw new Error(`The table ${table} differs. Copy again with --replace.`);
	return done;
}

function sorted(rows: EntryValues[]): string[] {
	return rows.map((row) => JSON.stringify(row)).sort();
}

async function summaryOf(archive: Archive, room: ArchivedRoom): Promise<Summary> {
	const hash = createHash("sha256");
	let count = 0;
	for (let after = 0; ; ) {
		const entries = await archive.entries(room.name, after);
		if (entries.length === 0) break;
		addTo(hash, entries);
		count += entries.length;
		after = entries.at(-1)![0] as number;
	}
	for (const table of ROOM_TABLE_NAMES) for await (const rows of pagesOf(archive, table, room.name)) addTo(hash, rows);
	return { room, entries: count, checksum: hash.digest("hex") };
}

function addTo(hash: Hash, rows: EntryValues[]): void {
	for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
}

function differenceOf(name: string, expected: Summary, found: Summary | undefined): string {
	const shown = (summary: Summary | undefined) =>
		summary
			? `${summary.entries} entries up to ${summary.room.seq}, checksum ${summary.checksum.slice(0, 12)}`
			: "missing";
	return `The room "${name}" differs: ${shown(expected)} in the source, ${shown(found)} in the copy. Stop every server, and copy again with --replace.`;
}
