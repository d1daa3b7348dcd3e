import { openRoom } from "../../database/room-reader.ts";

/** Somebody who remembers what they were told and what was acked to them. */
export type Witness = {
	room: string;
	/** The log's head when they came: all that follows is theirs to be told. */
	since: number;
	/** Text by seq. */
	timeline: ReadonlyMap<number, string>;
	/** The seq that the ack named, by text. */
	acked: ReadonlyMap<string, number>;
};

export type Audit = {
	/** Acked, but not in the store. */
	lost: number;
	/** In the store more than once. */
	duplicated: number;
	/** Acked under one seq, stored under another. */
	misplaced: number;
	/** Not told to somebody, or told otherwise than it is in the store. */
	untold: number;
};

/** Holds what everybody was told and what was acked to them against what the store has. */
export function audit(database: string, witnesses: Witness[]): Audit {
	const found: Audit = { lost: 0, duplicated: 0, misplaced: 0, untold: 0 };
	for (const [room, inside] of Map.groupBy(witnesses, (witness) => witness.room)) {
		const stored = storedIn(database, room);
		const seqs = new Map([...stored].map(([seq, body]) => [body, seq]));
		found.duplicated += stored.size - seqs.size;
		for (const { since, timeline, acked } of inside) {
			for (const [body, seq] of acked) {
				if (!seqs.has(body)) found.lost += 1;
				else if (seqs.get(body) !== seq) found.misplaced += 1;
			}
			for (const [seq, body] of stored) {
				if (seq > since && timeline.get(seq) !== body) found.untold += 1;
			}
		}
	}
	return found;
}

function storedIn(database: string, room: string): Map<number, string> {
	const reader = openRoom(database, room);
	try {
		return new Map([...reader.messages()].map(({ seq, body }) => [seq, body ?? ""]));
	} finally {
		reader.close();
	}
}
