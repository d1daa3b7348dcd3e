import { type FileStorage, FileStorageUnavailable } from "../room/ports/file-storage.ts";

/** In place of a storage, where servers on several machines have none that they share: uploads are refused. */
export class NoFileStorage implements FileStorage {
	async put(): Promise<void> {
		throw new FileStorageUnavailable("several servers share no place for files: set FILES_URL or FILES_PATH");
	}

	async get(): Promise<undefined> {
		return undefined;
	}

	async remove(): Promise<void> {}
	async removePartial(): Promise<void> {}
	async *list(): AsyncGenerator<string[]> {}

	async has(): Promise<boolean> {
		return false;
	}
}
