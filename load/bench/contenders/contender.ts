import type { Wire } from "../wire/wire.ts";
import type { Program, ServerProcess } from "./server-process.ts";

/** A server that takes part. */
export type Contender = {
	/** As `--peers` names it. */
	id: string;
	title: string;
	wire: Wire;
	/** Each run starts it anew. */
	program(): Program;
	/** So many people, each with a token of their own, where the server asks who somebody is. */
	admit?: (server: ServerProcess, people: number) => Promise<string[]>;
	/** Ends what it started beside its servers. After the last run. */
	dispose?: () => Promise<void>;
};
