import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { StoreUnavailable } from "../../room/ports/store.ts";
import { Connections } from "./connections.ts";
import { failureOf } from "./failure.ts";
import { migrate, UnfitDatabase } from "./migrate.ts";

/** How long a database that is not there yet is waited for: it may be starting beside the server. */
const PATIENCE_MS = 15_000;
const RETRY_MS = 250;

/** What waiting does not change: a wrong user or password, a database that is not there. */
const STAYS_REFUSED = /^(28|3D)/;

/** Where DATABASE_URL leads; never its password. */
type Place = { host: string; port: number; user?: string | undefined; database?: string | undefined };

/** Connects, with the schema up to date. Rejects with a sentence for the operator when that can't be done. */
export async function openConnections(url: string): Promise<Connections> {
	const place = placeOf(url);
	const connections = new Connections(url);
	const deadline = performance.now() + PATIENCE_MS;
	for (let reason: unknown; ; await pause(RETRY_MS)) {
		try {
			await connections.use(migrate);
			return connections;
		} catch (error) {
			// While nothing is tried, the reason is still the one of the last try.
			reason = (error instanceof StoreUnavailable ? error.cause : error) ?? reason;
			if (mayPass(reason) && performance.now() < deadline) continue;
			await connections.close();
			throw new Error(sentenceFor(reason, place), { cause: reason });
		}
	}
}

function placeOf(url: string): Place {
	try {
		// Reads the address and the variables that go with it, and connects to nothing.
		return new pg.Client({ connectionString: url });
	} catch {
		throw new Error("DATABASE_URL can't be read; it looks like postgres://user:password@host:5432/database.");
	}
}

function mayPass(reason: unknown): boolean {
	if (reason instanceof UnfitDatabase || STAYS_REFUSED.test(stateOf(reason))) return false;
	return failureOf(reason) instanceof StoreUnavailable;
}

function sentenceFor(reason: unknown, { host, port, user, database }: Place): string {
	const said = reason instanceof Error ? reason.message || (reason as NodeJS.ErrnoException).code : String(reason);
	const server = host.startsWith("/") ? host : `${host}:${port}`;
	const state = stateOf(reason);
	if (reason instanceof UnfitDatabase) return said!;
	if (state.startsWith("28"))
		return `PostgreSQL at ${server} lets ${user} not in (${said}). Put the right user and password into DATABASE_URL.`;
	if (state.startsWith("3D"))
		return `PostgreSQL at ${server} has no database ${database}. Create it, or name another one in DATABASE_URL.`;
	if (state === "42501")
		return `${user} may not set up the database ${database} (${said}). Run: GRANT CREATE ON DATABASE ${database} TO ${user};`;
	if (state !== "") return `PostgreSQL at ${server} can't be used: ${said}.`;
	return `PostgreSQL at ${server} can't be reached (${said}). Start it, or put its address into DATABASE_URL.`;
}

function stateOf(reason: unknown): string {
	return reason instanceof pg.DatabaseError ? (reason.code ?? "") : "";
}
