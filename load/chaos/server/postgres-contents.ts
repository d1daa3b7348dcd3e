import type { StoredEntry, StoredRooms } from "../check/history.ts";
import { storedEntries } from "../check/read-store.ts";

const STORED = storedEntries("hubbub.", "double precision");

/** Runs a statement in the chat's database and returns the rows. */
export type Ask = (sql: string) => Promise<Record<string, unknown>[]>;

/** Makes PostgreSQL read all entries: it checks its pages itself when it reads them. Returns `ok`, or what is wrong. */
export async function integrityOfPostgres(ask: Ask): Promise<string> {
	const [row] = await ask("SELECT count(*) FROM hubbub.entries WHERE seq < 1");
	return row?.count === "0" ? "ok" : `${row?.count} entries have a seq below 1`;
}

export async function readPostgres(ask: Ask): Promise<StoredRooms> {
	const rows = (await ask(STORED)) as unknown as (StoredEntry & { room: string })[];
	return Map.groupBy(rows, ({ room }) => room);
}
