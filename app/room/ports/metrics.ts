import type { ErrorCode } from "../../protocol/refusal.ts";

/** Counts the work of the domain, for `/metrics`. */
export interface Metrics {
	/** Entries made durable by one commit, and its duration. */
	committed(entries: number, ms: number): void;
	/** Entries of another process that were read from the store, because its message was lost or late. */
	recovered(entries: number): void;
	/** Entries added to the search index. */
	indexed(entries: number): void;
	/** Time from the publishing of a message by another process to its receipt. */
	publishLag(ms: number): void;
	/** Time from a request's arrival to its ack. */
	acked(event: string, ms: number): void;
	refused(code: ErrorCode): void;
	/** Entries written to connections: one that is written to three connections counts three times. */
	delivered(count: number): void;
}
