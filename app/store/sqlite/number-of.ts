import type { DatabaseSync } from "node:sqlite";

/** Returns the number that a statement with one row of one column selects, such as a pragma. */
export function numberOf(db: DatabaseSync, sql: string): number {
	return Number(Object.values(db.prepare(sql).get() ?? {})[0]);
}
