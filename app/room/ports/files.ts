import type { FileInfo } from "../../protocol/file.ts";

/** A file whose upload begins. `bytes` is the most that it may take. */
export type NewFile = { id: string; room: string; userId: string; bytes: number; createdAt: number };

/** The most bytes that all files take, and that one person uploads in a day. 0 is no limit. */
export type FileBounds = { allBytes: number; dayBytes: number };

/**
 * - `reserved`: there is room for the file.
 * - `missing`: the room does not exist.
 * - `full`: all files would take more than `allBytes`.
 * - `spent`: the person would have uploaded more than `dayBytes` within a day.
 */
export type Reservation = "reserved" | "missing" | "full" | "spent";

/** A file that is stored. */
export type FileRecord = {
	info: FileInfo;
	room: string;
	userId: string;
	/** Whether a message has it. */
	isBound: boolean;
};

/**
 * What the store knows about files. A file is being uploaded, stored, bound to a message, or removed; its content is deleted
 * after the commit that removed it. Uploads count for a day in the sum of their person, whatever becomes of them.
 */
export interface FileStore {
	/** Reserves bytes for an upload, before its content is read. Parallel uploads can't exceed the bounds. */
	reserveFile(file: NewFile, bounds: FileBounds): Promise<Reservation>;
	/** Records that a file's content is stored. Returns false if its room has been removed, or its reservation has ended. */
	storeFile(info: FileInfo): Promise<boolean>;
	/** Removes a file whose upload ended early, after `bytes` of it were received. */
	releaseFile(id: string, bytes: number): Promise<void>;
	/** Returns a stored file, unless its message or its room has been removed. */
	file(id: string): Promise<FileRecord | undefined>;
	/**
	 * Removes files that no message has and that are older than `storedBefore`, uploads that began before `uploadedBefore`,
	 * and files whose message or room is gone.
	 */
	expireFiles(storedBefore: number, uploadedBefore: number): Promise<void>;
	/** Returns some removed files, whose contents are to be deleted. */
	removedFiles(limit: number): Promise<string[]>;
	/** Records that the contents of removed files are deleted. Forgets uploads that began before `before`. */
	forgetFiles(ids: readonly string[], before: number): Promise<void>;
	/** Returns those of `ids` whose contents are to be there, or may be. */
	knownFiles(ids: readonly string[]): Promise<string[]>;
	/** Returns a page of the files that are stored or bound, in the order of their ids, after the id `after`. */
	storedFiles(after: string, limit: number): Promise<string[]>;
}
