import type { DatabaseSync } from "node:sqlite";

/** Runs `work` in a transaction that is committed when it returns and leaves no trace when it throws. */
export function transaction<T>(db: DatabaseSync, begin: "BEGIN" | "BEGIN IMMEDIATE", work: () => T): T {
	db.exec(begin);
	try {
		const result = work();
		db.exec("COMMIT");
		return result;
	} catch (error) {
		// A full disk or an I/O error has rolled it back already.
		if (db.isTransaction) db.exec("ROLLBACK");
		throw error;
	}
}
