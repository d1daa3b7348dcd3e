import { DatabaseError } from "pg";
import { StoreUnavailable } from "../../room/ports/store.ts";

/** What two transactions in each other's way end with: one of them is rolled back and can be tried again. */
const COLLISIONS = ["40001", "40P01"];
/** The server ends the connection, or it is one that can't be written: a standby's, or a primary's that was replaced. */
const END_OF_CONNECTION = /^(57P|08|25006)/;
/**
 * What the database can't do now: it is away (08, 57), it lets nobody in (28, 3D), it is a standby (25006), it is full or
 * out of connections (53), somebody else is in the way (40, 55), or its disk fails (58, XX). Anything else is our mistake.
 */
const NOT_NOW = /^(08|25006|28|3D|40|53|55|57|58|XX)/;

function sqlStateOf(error: unknown): string | undefined {
	return error instanceof DatabaseError ? error.code : undefined;
}

export function isCollision(error: unknown): boolean {
	return COLLISIONS.includes(sqlStateOf(error) ?? "");
}

/** Whether the server said so itself, as opposed to a connection that broke or fell silent. */
export function isAnswer(error: unknown): boolean {
	return error instanceof DatabaseError;
}

/** Whether the connection that a query failed on is of no more use. */
export function endsConnection(error: unknown): boolean {
	return !isAnswer(error) || END_OF_CONNECTION.test(sqlStateOf(error) ?? "");
}

/** What a query's error is to whoever asked: {@link StoreUnavailable}, or itself where the mistake is ours. */
export function failureOf(error: unknown): unknown {
	const state = sqlStateOf(error);
	if (state !== undefined && !NOT_NOW.test(state)) return error;
	if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) return error;
	const said = error instanceof Error ? error.message : String(error);
	return new StoreUnavailable(`The database can't do it now: ${said}.`, { cause: error });
}
