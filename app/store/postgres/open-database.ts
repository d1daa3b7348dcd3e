import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { StoreUnavailable } from "../../room/ports/store.ts";
import { Connections } from "./connections.ts";
import { failureOf } from "./failure.ts";
import { migrate, UnfitDatabase } from "./migrate.ts";

/** Time to wait for an unreachable database, which may be starting beside the server. */
const STARTUP_TIMEOUT_MS = 15_000;
const RETRY_MS = 250;

/** Permanent errors: a wrong user or password, a database that does not exist. */
const PERMANENT = /^(28|3D)/;

/** The target of DATABASE_URL, without its password. */
type Target = { host: string; port: number; user?: string | undefined; database?: string | undefined };

/** Connects, with at most `max` connections, and migrates the schema. Rejects with a sentence for the operator. */
export async function openDatabase(url: string, max: number): Promise<Connections> {
	const target = targetOf(url);
	const connections = new Connections(url, max);
	const deadline = performance.now() + STARTUP_TIMEOUT_MS;
	for (let reason: unknown; ; await pause(RETRY_MS)) {
		try {
			await connections.use(migrate);
			return connections;
		} catch (error) {
			// During the backoff the reason is that of the last attempt.
			reason = (error instanceof StoreUnavailable ? error.cause : error) ?? reason;
			if (isTemporary(reason) && performance.now() < deadline) continue;
			await connections.close();
			throw new Error(sentenceFor(reason, target), { cause: reason });
		}
	}
}

function targetOf(url: string): Target {
	try {
		// Parses the URL and the environment variables of libpq; it does not connect.
		return new pg.Client({ connectionString: url });
	} catch {
		throw new Error("DATABASE_URL is not valid; an example is postgres://user:password@host:5432/database.");
	}
}

function isTemporary(reason: unknown): boolean {
	if (reason instanceof UnfitDatabase || PERMANENT.test(stateOf(reason))) return false;
	return failureOf(reason) instanceof StoreUnavailable;
}

function sentenceFor(reason: unknown, { host, port, user, database }: Target): string {
	const message = reason instanceof Error ? reason.message || (reason as NodeJS.ErrnoException).code : String(reason);
	const server = host.startsWith("/") ? host : `${host}:${port}`;
	const state = stateOf(reason);
	if (reason instanceof UnfitDatabase) return message!;
	if (state.startsWith("28"))
		return `PostgreSQL at ${server} rejected the user ${user} (${message}). Set the user and password in DATABASE_URL.`;
	if (state.startsWith("3D"))
		return `PostgreSQL at ${server} has no database ${database}. Create it, or set DATABASE_URL to another one.`;
	if (state === "42501")
		return `${user} has no right to create a schema in the database ${database} (${message}). Run: GRANT CREATE ON DATABASE ${database} TO ${user};`;
	if (state !== "") return `PostgreSQL at ${server} can't be used: ${message}.`;
	return `PostgreSQL at ${server} can't be reached (${message}). Start it, or correct the address in DATABASE_URL.`;
}

function stateOf(reason: unknown): string {
	return reason instanceof pg.DatabaseError ? (reason.code ?? "") : "";
}
