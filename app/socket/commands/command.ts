import type { GenericSchema, InferOutput } from "valibot";
import type { Ack } from "../../protocol/refusal.ts";
import type { Connection } from "../../room/ports/broadcast.ts";

/** Returns the ack or a promise of it, or returns undefined and calls `reply` with it, now or later. */
type Run<Data> = (
	connection: Connection,
	data: Data,
	reply: (ack: Ack<unknown>) => void,
) => Ack<unknown> | Promise<Ack<unknown>> | undefined;

type CommandOptions = {
	/** Whether the client may leave the acknowledgement function out. */
	isVolatile?: boolean;
	/** The reads from the store that it may need, in joins; without it none. */
	reads?: number;
};

/** What an event of a client does. */
export type Command = CommandOptions & { schema: GenericSchema; run: Run<never> };

/** Returns a command whose `run` gets the payload as the schema returns it. */
export function command<S extends GenericSchema>(
	schema: S,
	run: Run<InferOutput<S>>,
	options: CommandOptions = {},
): Command {
	return { schema, run, ...options };
}

/** The reads of a command that returns a page: twice as long as the reply to a join, and seldom many at a time. */
export const PAGE_READS = 4;
