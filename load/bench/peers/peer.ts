import type { ChatProtocol } from "../protocols/protocol.ts";
import type { Program } from "./start-server.ts";

/** A server that takes part in the benchmark. */
export type Peer = {
	/** Its name in `--peers`. */
	id: string;
	title: string;
	protocol: ChatProtocol;
	/** Returns the program to start. Every run starts a new process. */
	program(): Program | Promise<Program>;
	/** Creates `count` sessions and returns their tokens, for a server that requires them. */
	createSessions?: (url: string, count: number) => Promise<string[]>;
	/** Stops the services that its servers use. Called after the last run. */
	dispose?: () => Promise<void>;
};
