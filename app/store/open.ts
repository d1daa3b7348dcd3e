import { accessSync, constants } from "node:fs";
import { dirname, resolve } from "node:path";
import { makeFolder } from "../make-folder.ts";
import type { Store } from "../room/ports/store.ts";
import { SqliteStore } from "./sqlite/sqlite-store.ts";

export type StoreSettings = {
	/** The SQLite file. It and its folder are created if they do not exist. */
	databasePath: string;
	/** A PostgreSQL database, used instead of the file. */
	databaseUrl?: string | undefined;
	/** Whether this process is a server, of which only one may run on a SQLite file. */
	isServer?: boolean;
};

/** Opens the store that the settings name. Rejects with a sentence for the operator. */
export async function openStore({ databasePath, databaseUrl, isServer = false }: StoreSettings): Promise<Store> {
	if (databaseUrl !== undefined) {
		// Imported on use: a chat on SQLite does not load PostgreSQL's driver at every start.
		const { PostgresStore } = await import("./postgres/postgres-store.ts");
		return PostgresStore.open(databaseUrl);
	}
	if (databasePath === "" || databasePath === ":memory:")
		throw new Error("DATABASE_PATH must name a file: messages are kept on disk, not in memory.");
	const path = resolve(databasePath);
	prepareFolder(dirname(path));
	return SqliteStore.open(path, isServer);
}

function prepareFolder(folder: string): void {
	try {
		makeFolder(folder);
		accessSync(folder, constants.W_OK);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(
			`The database's folder ${folder} can't be written (${reason}). ` +
				"Give the server's user write access, or set DATABASE_PATH to another place.",
			{ cause: error },
		);
	}
}
