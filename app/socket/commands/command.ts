import type { GenericSchema, InferOutput } from "valibot";
import type { Ack } from "../../protocol/refusal.ts";
import type { Connection } from "../../room/ports/broadcast.ts";

/**
 * Returns the ack or a promise of it, or returns undefined and calls `reply` with it, now or later: the ack of an append has
 * to precede the broadcast of its entry (rule M4), and a promise would settle after it.
 */
type Run<Data> = (
	connection: Connection,
	data: Data,
	reply: (ack: Ack<unknown>) => void,
) => Ack<unknown> | Promise<Ack<unknown>> | undefined;

type CommandOptions = {
	/** Whether the client may leave the acknowledgement function out. */
	isVolatile?: boolean;
	/** Cost of its reads from the store, counted in joins, or how to compute it from the unchecked payload. Default: 0. */
	reads?: number | ((payload: unknown) => number);
};

/** The schema of an event's payload and the function that handles it. */
export type Command = CommandOptions & { schema: GenericSchema; run: Run<never> };

/** Returns a command whose `run` gets the output of the schema. */
export function command<S extends GenericSchema>(
	schema: S,
	run: Run<InferOutput<S>>,
	options: CommandOptions = {},
): Command {
	return { schema, run, ...options };
}

/** Cost of a page. Its reply is twice as long as that of a join, and clients seldom request many pages at once. */
export const PAGE_READS = 4;
