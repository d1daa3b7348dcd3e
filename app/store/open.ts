import { accessSync, constants, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Store } from "../room/ports/store.ts";
import { SqliteStore } from "./sqlite/sqlite-store.ts";

export type StoreSettings = {
	/** The SQLite file; it and its folder are made if need be. */
	databasePath: string;
	/** A PostgreSQL database to be used instead. */
	databaseUrl?: string | undefined;
};

/** The store that the settings ask for. Rejects with a sentence for the operator when it can't be opened. */
export async function openStore({ databasePath, databaseUrl }: StoreSettings): Promise<Store> {
	if (databaseUrl !== undefined) {
		// Loaded only where it is used: whoever has SQLite does not pay for PostgreSQL's driver at every start.
		const { PostgresStore } = await import("./postgres/postgres-store.ts");
		return PostgresStore.open(databaseUrl);
	}
	if (databasePath === "" || databasePath === ":memory:")
		throw new Error("DATABASE_PATH must name a file: messages are kept on disk, not in memory.");
	const path = resolve(databasePath);
	prepareFolder(dirname(path));
	return SqliteStore.open(path);
}

function prepareFolder(folder: string): void {
	try {
		mkdirSync(folder, { recursive: true });
		accessSync(folder, constants.W_OK);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(
			`The database's folder ${folder} can't be written (${reason}). ` +
				"Let the server's user write there, or name another place in DATABASE_PATH.",
			{ cause: error },
		);
	}
}
