import type { Stored } from "../check/record.ts";

/** A chat, of one process or of several: what is asked of it at the end of a row. */
export interface ChatUnderTest {
	readonly url: string;
	/** SIGTERM to all of it; the exit code: 0, or the first other one; null where one had to be killed. */
	end(): Promise<number | null>;
	/** `ok`, or what is damaged. */
	integrity(): string | Promise<string>;
	/** Every room's messages, ascending by `seq`, from the database itself. */
	stored(): ReadonlyMap<string, readonly Stored[]> | Promise<ReadonlyMap<string, readonly Stored[]>>;
}
