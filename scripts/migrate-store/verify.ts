import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type EntryValues, type RoomRow, SMALL_TABLES, type SmallTable, type Source } from "./archive.ts";
import type { Counts } from "./copy.ts";

type Summary = { room: RoomRow; entries: number; checksum: string };

/**
 * Reads both and compares them room by room: what is known of the room, how many entries it has, and a checksum over
 * all of their values. Throws a sentence for the first that differs.
 */
export async function verify(source: Source, target: Source, onProgress: (done: Counts) => void): Promise<Counts> {
	const done: Counts = { rooms: 0, entries: 0 };
	const copies = new Map<string, RoomRow>();
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
	for (const name of copies.keys()) throw new Error(`The room "${name}" is in the copy and not in what was copied.`);
	if (!isDeepStrictEqual(await source.revokedSessions(), await target.revokedSessions()))
		throw new Error("The sessions that were ended are not the same in both.");
	for (const table of Object.keys(SMALL_TABLES) as SmallTable[])
		if (!isDeepStrictEqual(sorted(await source.small(table)), sorted(await target.small(table))))
			throw new Error(`What admins decided (${table}) is not the same in both. Copy again with --replace.`);
	return done;
}

function sorted(rows: EntryValues[]): string[] {
	return rows.map((row) => JSON.stringify(row)).sort();
}

async function summaryOf(archive: Source, room: RoomRow): Promise<Summary> {
	const hash = createHash("sha256");
	let count = 0;
	for (let after = 0; ; ) {
		const entries = await archive.entries(room.name, after);
		if (entries.length === 0) return { room, entries: count, checksum: hash.digest("hex") };
		for (const entry of entries) hash.update(`${JSON.stringify(entry)}\n`);
		count += entries.length;
		after = entries.at(-1)![0] as number;
	}
}

function differenceOf(name: string, expected: Summary, found: Summary | undefined): string {
	const shown = (summary: Summary | undefined) =>
		summary
			? `${summary.entries} entries up to ${summary.room.seq}, checksum ${summary.checksum.slice(0, 12)}`
			: "missing";
	return `The room "${name}" differs: ${shown(expected)} there, ${shown(found)} in the copy. Let nothing write to either, and copy again with --replace.`;
}
