/** Returns an object with a row's values by the names of its columns, as `jsonb_to_recordset` reads it. */
export function recordOf(columns: string, row: readonly unknown[]): object {
	return Object.fromEntries(columns.split(", ").map((column, index) => [column, row[index]]));
}
