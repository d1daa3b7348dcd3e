import type { Entry, SinceData } from "../../protocol/log.ts";
import type { Content, HistoryData } from "../../protocol/message.ts";
import type { User } from "../../protocol/session.ts";
import type { NewAuditEntry } from "./audit.ts";

/** An entry to be appended to a room's log. */
export type Append =
	| { kind: "message"; room: string; author: User; clientId: string; content: Content; createdAt: number }
	| { kind: "removal"; room: string; target: number; createdAt: number; audit?: NewAuditEntry };

/**
 * The outcome of one {@link Append}.
 * - `appended`: a new entry.
 * - `repeated`: the log has it already (rule M2; for a removal, the target is removed already). `seq` and `createdAt` are
 *   those of the first one.
 * - `missing`: the target of a removal is not a message of this room.
 */
export type AppendOutcome =
	| { outcome: "appended"; entry: Entry }
	| { outcome: "repeated"; seq: number; createdAt: number }
	| { outcome: "missing" };

/** The state of a room's log at one moment. */
export type LogState = {
	/** Renewed whenever history may have been lost, so that cursors of the former log are not trusted. */
	epoch: string;
	/** The head: the `seq` of the newest entry, 0 in an empty log. */
	seq: number;
	/** Entries up to and including this `seq` were removed by retention; 0 if none were. */
	floor: number;
};

/** The durable logs of all rooms. */
export interface LogStore {
	/** Returns the room's log and its last `tail` entries, ascending. Creates a room that does not exist, with an empty log. */
	open(room: string, tail: number): Promise<LogState & { entries: Entry[] }>;
	/**
	 * Appends the whole batch, in order, in one transaction. Resolves once it is durable. After a rejection the batch was
	 * stored wholly or not at all; a repeat of it is safe (rule M2).
	 * `seq` is consecutive within a room (rule M3). The outcomes are in the order of the batch. Creates rooms that do not exist.
	 */
	append(batch: Append[]): Promise<AppendOutcome[]>;
	/** Returns a page of messages in their current state, ascending; the newest without `before` and `after`. */
	history(room: string, page: { before?: number; after?: number; limit: number }): Promise<HistoryData>;
	/** Returns entries after `after`, ascending and consecutive, with the log's state when they were read. */
	since(room: string, after: number, limit: number): Promise<SinceData & LogState>;
	/** Returns the heads of these rooms' logs. A room that does not exist is absent. */
	heads(rooms: readonly string[]): Promise<Map<string, Pick<LogState, "epoch" | "seq">>>;
}
