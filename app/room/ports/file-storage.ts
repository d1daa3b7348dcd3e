/** Some bytes of a file: from `start` to `end`, which is included. */
export type ByteRange = { start: number; end: number };

/** The disk or the bucket is full, or can't be reached. `cause` has the reason. */
export class FileStorageUnavailable extends Error {
	override readonly name = "FileStorageUnavailable";
}

/**
 * The contents of files by their ids, in a folder or a bucket. A method that can't be carried out now rejects with
 * {@link FileStorageUnavailable}.
 */
export interface FileStorage {
	/**
	 * Stores a content durably. Reads `content` only as fast as it can be written. Rejects as `content` does; then nothing is
	 * stored. `maxBytes` is the most that `content` has.
	 */
	put(id: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<void>;
	/** Returns a content, or the `range` of it. Undefined if there is none. */
	get(id: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>;
	/** Deletes a content, if there is one. */
	remove(id: string): Promise<void>;
	/** Deletes what broken uploads left before `before` (milliseconds since 1970). */
	removePartial(before: number): Promise<void>;
	/** Yields pages of the ids of all contents that were stored before `before`. */
	list(before: number): AsyncIterable<string[]>;
	/** Whether there is a content. */
	has(id: string): Promise<boolean>;
}
