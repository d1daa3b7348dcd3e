import { DatabaseError } from "pg";
import { StoreDamaged, StoreUnavailable } from "../../room/ports/store.ts";

/** States of a transaction that was rolled back because of another one and can be repeated. */
const COLLISIONS = ["40001", "40P01"];
/** The server ends the connection, or it is read-only: a standby's, or a former primary's. */
const END_OF_CONNECTION = /^(57P|08|25006)/;
/**
 * Temporary failures: unreachable (08, 57), rejected login (28, 3D), a standby (25006), full or out of connections (53),
 * conflicts (40, 55), disk errors (58, XX). Any other state is a bug.
 */
const TEMPORARY = /^(08|25006|28|3D|40|53|55|57|58|XX)/;

/** A damaged table or index. */
const DAMAGED = /^XX00[12]/;

function sqlStateOf(error: unknown): string | undefined {
	return error instanceof DatabaseError ? error.code : undefined;
}

export function isCollision(error: unknown): boolean {
	return COLLISIONS.includes(sqlStateOf(error) ?? "");
}

/** Returns whether the server reported the error, as opposed to a connection that broke or timed out. */
export function isServerError(error: unknown): boolean {
	return error instanceof DatabaseError;
}

/** Returns whether the connection on which a query failed is unusable. */
export function endsConnection(error: unknown): boolean {
	return !isServerError(error) || END_OF_CONNECTION.test(sqlStateOf(error) ?? "");
}

/** Returns a {@link StoreUnavailable} for a temporary failure, or the error itself for a bug. */
export function failureOf(error: unknown): unknown {
	const state = sqlStateOf(error);
	if (state !== undefined && !TEMPORARY.test(state)) return error;
	if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) return error;
	if (DAMAGED.test(state ?? "")) return new StoreDamaged("The database is damaged.", { cause: error });
	const message = error instanceof Error ? error.message : String(error);
	return new StoreUnavailable(`The database is unavailable: ${message}.`, { cause: error });
}
