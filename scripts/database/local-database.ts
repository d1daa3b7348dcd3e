import { existsSync } from "node:fs";
import { UsageError } from "../command.ts";

/** Returns the path of the SQLite file that the server uses here. Throws if the server uses PostgreSQL. */
export function databasePath(): string {
	if (process.env.DATABASE_URL) {
		throw new UsageError("DATABASE_URL is set. PostgreSQL has its own tools for this: pg_dump and pg_restore.");
	}
	return process.env.DATABASE_PATH?.trim() || "./data/hubbub.db";
}

/** Returns {@link databasePath}. Throws if there is no such file. */
export function existingDatabase(): string {
	const path = databasePath();
	if (!existsSync(path)) throw new Error(`There is no database at ${path}. Check DATABASE_PATH.`);
	return path;
}
