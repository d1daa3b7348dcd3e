/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const DAMAGED = [11, 26];

/** Returns whether SQLite failed because the file is damaged. */
export function isDamage(error: unknown): boolean {
	const { errcode = 0 } = (error ?? {}) as { errcode?: number };
	// The lowest byte of an extended code is the primary one.
	return DAMAGED.includes(errcode & 0xff);
}
