import type { ReadonlySignal } from "@preact/signals";
import type { Refusal, RoomSummary } from "../../app/protocol.ts";

/** The rooms there are to join. */
export type Directory = {
	/** Newest activity first; undefined until it was asked for. */
	readonly rooms: ReadonlySignal<readonly RoomSummary[] | undefined>;
	/** Asks the server anew. */
	refresh(): Promise<Refusal | undefined>;
};
