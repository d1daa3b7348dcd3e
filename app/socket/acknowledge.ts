/** Handles every event of a client: checks, parses, runs and acknowledges it. No event ends the connection or the process. */
import type { Ack } from "../protocol/refusal.ts";
import { DEFAULT_LIMITS } from "../room/limits.ts";
import type { Connection } from "../room/ports/broadcast.ts";
import type { Clock } from "../room/ports/clock.ts";
import type { Metrics } from "../room/ports/metrics.ts";
import { StoreUnavailable } from "../room/ports/store.ts";
import { parse, type Refused, refuse, storeUnavailable } from "../room/refusals.ts";
import type { Command } from "./commands/command.ts";

/**
 * Maximum reads of one connection that wait for the store, counted in joins. It is the maximum of rooms, because after a
 * reconnect a client may join all its rooms at once. Without it, replies that the client does not read would fill the memory.
 * Writes have a rate limit.
 */
const MAX_PENDING_READS = DEFAULT_LIMITS.roomsPerConnection;
const RETRY_SOON = { retryAfterMs: 1_000 };

export type AcknowledgeDeps = {
	commands: ReadonlyMap<string, Command>;
	clock: Pick<Clock, "monotonic">;
	metrics: Pick<Metrics, "acked" | "refused">;
	/** Called with exceptions of commands: bugs, and failures of the store. */
	onError: (error: unknown, event: string) => void;
	isDraining: () => boolean;
};

/** Runs the command of one event and acknowledges it. `args` are the values that the client sent after the event's name. */
export function acknowledge(
	{ commands, clock, metrics, onError, isDraining }: AcknowledgeDeps,
	connection: Connection & { pendingReads: number },
	event: unknown,
	args: readonly unknown[],
): void {
	const startedAt = clock.monotonic();
	const last = args.at(-1);
	const ack = typeof last === "function" ? last : undefined;
	const command = typeof event === "string" ? commands.get(event) : undefined;
	const reads = readsOf(command, args[0]);
	let hasReplied = false;

	function reply(result: Ack<unknown>): void {
		if (hasReplied) return;
		hasReplied = true;
		connection.pendingReads -= reads;
		if (!result.ok) metrics.refused(result.error.code);
		metrics.acked(command ? (event as string) : "unknown", clock.monotonic() - startedAt);
		ack?.(result);
	}
	function fail(error: unknown): void {
		onError(error, String(event));
		const internal = refuse("internal", "Something went wrong on our side. Try again in a moment.");
		reply(error instanceof StoreUnavailable ? storeUnavailable(error) : internal);
	}

	function refusalOf({ isVolatile }: Command): Refused | undefined {
		if (!isVolatile && !ack)
			return refuse("bad_request", "This event needs an acknowledgement function as its last argument.");
		if (isDraining()) return refuse("draining", "The server is restarting. Try again in a moment.", RETRY_SOON);
		if (connection.pendingReads > MAX_PENDING_READS)
			return refuse("rate_limited", "Too many requests at once. Wait for the replies first.", RETRY_SOON);
		return undefined;
	}

	connection.pendingReads += reads;
	if (!command) {
		reply(refuse("bad_request", "There is no event of this name. PROTOCOL.md lists them."));
		return;
	}
	const refused = refusalOf(command);
	if (refused) {
		reply(refused);
		return;
	}
	const payload = parse(command.schema, args[0]);
	if (!payload.ok) {
		reply(payload);
		return;
	}
	try {
		const result = command.run(connection, payload.data as never, reply);
		if (result instanceof Promise) result.then(reply).catch(fail);
		else if (result) reply(result);
	} catch (error) {
		fail(error);
	}
}

/** Returns the reads of the store that a request costs, counted in joins. */
function readsOf({ reads = 0 }: Pick<Command, "reads"> = {}, payload: unknown): number {
	return typeof reads === "number" ? reads : reads(payload);
}
