import { DatabaseSync } from "node:sqlite";
import { VARIABLES } from "../../app/config-variables.ts";
import { FolderFileStorage } from "../../app/files/folder.ts";
import { openFileStorage } from "../../app/files/open.ts";
import type { FileStorage } from "../../app/room/ports/file-storage.ts";
import { UsageError } from "../command.ts";
import { databasePath } from "./local-database.ts";

export type CopiedFiles = { copied: number; missing: number };

/** Opens the storage of files that the server uses here: FILES_URL, FILES_PATH, or the folder beside the database. */
export function localFileStorage(): Promise<FileStorage> {
	const [filesPath, filesUrl] = [process.env.FILES_PATH?.trim(), process.env.FILES_URL?.trim()];
	if (filesUrl && VARIABLES.filesUrl.parse(filesUrl) === undefined)
		throw new UsageError(`FILES_URL must be ${VARIABLES.filesUrl.accepts}.`);
	return openFileStorage({
		databasePath: databasePath(),
		filesPath: filesPath || undefined,
		filesUrl: filesUrl || undefined,
	});
}

/** Opens the folder with the contents of files that is beside a backup or an export. */
export function filesBeside(path: string): Promise<FolderFileStorage> {
	return FolderFileStorage.open(`${path}.files`);
}

/** Returns the ids of the files of the messages in a database. */
export function fileIdsIn(database: string): string[] {
	const db = new DatabaseSync(database, { readOnly: true });
	try {
		const rows = db.prepare("SELECT file FROM files WHERE state IN ('stored', 'bound') ORDER BY file").all();
		return (rows as { file: string }[]).map(({ file }) => file);
	} finally {
		db.close();
	}
}

/** Copies the contents that the target lacks. */
export async function copyContents(ids: readonly string[], from: FileStorage, to: FileStorage): Promise<CopiedFiles> {
	const done = { copied: 0, missing: 0 };
	for (const id of ids) {
		if (await to.has(id)) continue;
		const content = await from.get(id);
		if (content) await to.put(id, content as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>, 0);
		if (content) done.copied++;
		else done.missing++;
	}
	return done;
}

/** Returns a sentence about what was copied, or nothing if there are no files. */
export function sentenceOf({ copied, missing }: CopiedFiles, folder: string): string[] {
	const lost = missing > 0 ? ` The contents of ${missing} more are missing.` : "";
	return copied + missing > 0 ? [`Files: ${copied} are in ${folder}.${lost}`] : [];
}
