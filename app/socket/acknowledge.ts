/** The one wrapper around every event: parse, run, answer. Whatever happens in between, the connection lives. */
import type { GenericSchema, InferOutput } from "valibot";
import type { Ack } from "../protocol/refusal.ts";
import { DEFAULT_LIMITS } from "../room/limits.ts";
import type { Connection } from "../room/ports/broadcast.ts";
import type { Clock } from "../room/ports/clock.ts";
import type { Metrics } from "../room/ports/metrics.ts";
import { StoreUnavailable } from "../room/ports/store.ts";
import { parse, refuse, storeUnavailable } from "../room/refusals.ts";

/**
 * What of one connection may wait for the store at once, in joins: whoever is back may join all their rooms at once. What
 * is written has a rate of its own. Answers are held in memory for as long as the client does not read them.
 */
const MAX_PENDING_READS = DEFAULT_LIMITS.roomsPerConnection;

export type Command = {
	schema: GenericSchema;
	/** Calls `reply` once; may do so later. */
	run: (connection: Connection, data: never, reply: (ack: Ack<unknown>) => void) => void | Promise<void>;
} & CommandOptions;

type CommandOptions = {
	/** Whether the client need not ask for an answer. */
	isVolatile?: boolean;
	/** What it may read from the store, in joins; 0 if it does not. */
	reads?: number;
};

/** Ties a schema to the function that gets its output. */
export function command<S extends GenericSchema>(
	schema: S,
	run: (connection: Connection, data: InferOutput<S>, reply: (ack: Ack<unknown>) => void) => void | Promise<void>,
	options: CommandOptions = {},
): Command {
	return { schema, run, ...options };
}

export type AcknowledgeDeps = {
	commands: ReadonlyMap<string, Command>;
	clock: Pick<Clock, "monotonic">;
	metrics: Pick<Metrics, "acked" | "refused">;
	/** Told of bugs: an exception that a verb threw. */
	onError: (error: unknown, event: string) => void;
	isDraining: () => boolean;
};

/** Answers one event of a client. `args` is what came over the wire after the event's name. */
export function acknowledge(
	{ commands, clock, metrics, onError, isDraining }: AcknowledgeDeps,
	connection: Connection & { pendingReads: number },
	event: unknown,
	args: readonly unknown[],
): void {
	const startedAt = clock.monotonic();
	const last = args.at(-1);
	const ack = typeof last === "function" ? last : undefined;
	const known = typeof event === "string" ? commands.get(event) : undefined;
	const reads = known?.reads ?? 0;
	let answered = false;

	const reply = (answer: Ack<unknown>) => {
		if (answered) return;
		answered = true;
		connection.pendingReads -= reads;
		if (!answer.ok) metrics.refused(answer.error.code);
		metrics.acked(known ? (event as string) : "unknown", clock.monotonic() - startedAt);
		ack?.(answer);
	};
	const fail = (error: unknown) => {
		if (error instanceof StoreUnavailable) {
			reply(storeUnavailable());
			return;
		}
		onError(error, String(event));
		reply(refuse("internal", "Something went wrong on our side; try again in a moment."));
	};

	connection.pendingReads += reads;
	if (!known) {
		reply(refuse("bad_request", "There is no event of this name; PROTOCOL.md lists them."));
		return;
	}
	if (!known.isVolatile && !ack) {
		reply(refuse("bad_request", "This event needs an acknowledgement function as its last argument."));
		return;
	}
	if (isDraining()) {
		reply(refuse("draining", "The server is restarting; it takes your request in a moment.", { retryAfterMs: 1_000 }));
		return;
	}
	if (connection.pendingReads > MAX_PENDING_READS) {
		reply(refuse("rate_limited", "Wait for answers before you ask for more.", { retryAfterMs: 1_000 }));
		return;
	}
	const payload = parse(known.schema, args[0]);
	if (!payload.ok) {
		reply(payload);
		return;
	}
	try {
		const running = known.run(connection, payload.data as never, reply);
		running?.catch(fail);
	} catch (error) {
		fail(error);
	}
}
