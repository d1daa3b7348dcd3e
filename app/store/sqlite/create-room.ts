import type { DatabaseSync } from "node:sqlite";
import { newEpoch } from "../new-epoch.ts";

/** Creates a room with an empty log where there is none of this name. `now` is in milliseconds since 1970. */
export function roomCreator(db: DatabaseSync): (name: string, now: number) => void {
	const insert = db.prepare(
		"INSERT INTO rooms (name, epoch, created_at, active_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
	);
	return (name, now) => {
		insert.run(name, newEpoch(), now, now);
	};
}
