import type { ErrorCode } from "../../protocol/refusal.ts";

/** Counts the work of the domain, for `/metrics`. */
export interface Metrics {
	/** Entries made durable by one commit, and its duration. */
	committed(entries: number, ms: number): void;
	/** Entries of another process that were read from the store, because its message was lost or late. */
	recovered(entries: number): void;
	/** Time that a message of another process was on its way. */
	publishLag(ms: number): void;
	/** Time from a request's arrival to its ack. */
	acked(event: string, ms: number): void;
	refused(code: ErrorCode): void;
	/** Entries times the connections that they were written to. */
	delivered(count: number): void;
}
