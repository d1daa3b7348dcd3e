import { dirname, join } from "node:path";
import type { FileStorage } from "../room/ports/file-storage.ts";
import { FolderFileStorage } from "./folder.ts";
import { NoFileStorage } from "./no-file-storage.ts";

export type FileSettings = {
	/** The folder `files` is beside this file, unless `filesPath` names another one. */
	databasePath: string;
	filesPath?: string | undefined;
	/** A bucket, used instead of the folder. */
	filesUrl?: string | undefined;
	/** With it, several servers are one chat: they have no folder in common unless `filesPath` names it. */
	redisUrl?: string | undefined;
};

/** Opens the storage of files that the settings name. Rejects with a sentence for the operator. */
export async function openFileStorage({
	databasePath,
	filesPath,
	filesUrl,
	redisUrl,
}: FileSettings): Promise<FileStorage> {
	if (filesUrl !== undefined) {
		// Imported on use: a chat with a folder does not load the signing of requests.
		const { BucketFileStorage } = await import("./bucket.ts");
		return BucketFileStorage.open(filesUrl);
	}
	if (filesPath === undefined && redisUrl !== undefined) return new NoFileStorage();
	return FolderFileStorage.open(filesPath ?? join(dirname(databasePath), "files"));
}
