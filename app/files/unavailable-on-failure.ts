import { FileStorageUnavailable } from "../room/ports/file-storage.ts";

/** Runs `work`. Rejects with {@link FileStorageUnavailable} where it rejects. */
export async function unavailableOnFailure<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (cause) {
		throw new FileStorageUnavailable((cause as Error).message, { cause });
	}
}
