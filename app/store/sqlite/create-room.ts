import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** Nine bytes are twelve characters of base64url. */
const EPOCH_BYTES = 9;

/** Creates a room with an empty log where there is none of this name. `now` is in milliseconds since 1970. */
export function roomCreator(db: DatabaseSync): (name: string, now: number) => void {
	const insert = db.prepare(
		"INSERT INTO rooms (name, epoch, created_at, active_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
	);
	return (name, now) => {
		insert.run(name, randomBytes(EPOCH_BYTES).toString("base64url"), now, now);
	};
}
