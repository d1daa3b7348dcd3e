import type { DatabaseSync } from "node:sqlite";

/** Runs `work` in a transaction: committed when it returns, rolled back when it throws. */
export function transaction<T>(db: DatabaseSync, begin: "BEGIN" | "BEGIN IMMEDIATE", work: () => T): T {
	db.exec(begin);
	try {
		const result = work();
		db.exec("COMMIT");
		return result;
	} catch (error) {
		// After a full disk or an I/O error SQLite has rolled it back already.
		if (db.isTransaction) db.exec("ROLLBACK");
		throw error;
	}
}
