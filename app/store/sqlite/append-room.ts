/** A room to which a transaction appends. */
export type AppendRoom = {
	id: number;
	/** The head, with what was appended in this transaction. */
	seq: number;
	kind: "open" | "private" | "direct";
	floor: number;
	/** The time of the newest message. */
	active_at: number;
	/** The head before the transaction. */
	committedSeq: number;
};
