import type { Entry, SinceData } from "../../protocol/log.ts";
import type { AroundData, Content, HistoryData, HistoryFilter, Message } from "../../protocol/message.ts";
import type { MemberRole, RoomSettings } from "../../protocol/private-room.ts";
import type { User } from "../../protocol/session.ts";
import type { NewAuditEntry } from "./audit.ts";

type InRoom = { room: string; createdAt: number };
/** A change of the message `target` by `user`; a repeated `clientId` of the user is not appended again (rule M2). */
type ChangeBy = InRoom & { target: number; user: User; clientId: string };

/** A change by a user, who is named in `by`, or by an admin, who is named in `audit`. */
type ModeratedChange = InRoom & { target: number; by?: { user: User; clientId: string }; audit?: NewAuditEntry };

/** An entry to be appended to a room's log. */
export type Append =
	| (InRoom & {
			kind: "message";
			author: User;
			clientId: string;
			content: Content;
			reply?: number | undefined;
			mentions?: string[] | undefined;
			/** The ids of stored files of the author in this room. */
			files?: string[] | undefined;
	  })
	/** `notBefore` is the oldest `createdAt` of a message that may still be edited, in milliseconds since 1970. */
	| (ChangeBy & { kind: "edit"; body: string; mentions?: string[] | undefined; notBefore: number })
	| (ChangeBy & { kind: "reaction"; emoji: string; on: boolean })
	| (ModeratedChange & { kind: "pin"; on: boolean })
	/** By the message's author or an admin. */
	| (ModeratedChange & { kind: "removal" })
	/** Lets `user` in with `role`, changes their role, or removes them where `role` is absent. */
	| (InRoom & { kind: "member"; by: User; user: User; role?: MemberRole })
	| (InRoom & { kind: "room"; by: User; settings: Partial<RoomSettings> });

/**
 * Why the store did not append an entry.
 * - `not_member`: the author is not a member of this private room, or there is no such room.
 * - `missing`: the target, or the message that is replied to, is not a message of this room; or the user to be removed is
 *   not a member.
 * - `forbidden`: the target is somebody else's, or is not a text; or the user is not an owner of the room.
 * - `last`: the room would have no owner.
 * - `expired`: the target is too old to be edited.
 * - `no_file`: a file is not there, is not the author's, is of another room, or belongs to another message.
 * - `full`: the message has `REACTION_KINDS` emoji, or the room `MAX_PINS` pins or `MAX_ROOM_MEMBERS` members, or the user
 *   is a member of `MAX_PRIVATE_ROOMS`, and this would be one more.
 */
export type AppendRefusal = "not_member" | "missing" | "last" | "forbidden" | "expired" | "full" | "no_file";

/**
 * The outcome of one {@link Append}.
 * - `appended`: a new entry.
 * - `repeated`: the log has it already. `seq` and `createdAt` are those of the first one (rule M2); where the text, the
 *   reaction or the pin is as requested already, those of the newest entry that changed the message.
 */
export type AppendOutcome =
	| { outcome: "appended"; entry: Entry }
	| { outcome: "repeated"; seq: number; createdAt: number }
	| { outcome: "refused"; reason: AppendRefusal };

/** The state of a room's log at one moment. */
export type LogState = {
	/** Renewed whenever history may have been lost, so that cursors of the former log are not trusted. */
	epoch: string;
	/** The head: the `seq` of the newest entry, 0 in an empty log. */
	seq: number;
	/** Entries up to and including this `seq` were removed by retention; 0 if none were. */
	floor: number;
};

/** A room's log as it is opened: its last entries and its newest messages, ascending, at one moment. */
export type OpenedLog = LogState & {
	entries: Entry[];
	messages: Message[];
	/** Whether there are messages before `messages`. */
	more: boolean;
};

/** A page of messages. `mine` of their reactions is that of the user `viewer`; without one it is absent. */
export type MessagePage = HistoryFilter & {
	before?: number | undefined;
	after?: number | undefined;
	limit: number;
	viewer?: string;
};
export type MessagesAround = { limit: number; viewer?: string } & ({ seq: number } | { at: number });

/** The durable logs of all rooms. */
export interface LogStore {
	/**
	 * Returns the room's log with its last `tail` entries and its newest `messages` messages (default: 0). Creates a room
	 * that does not exist, with an empty log.
	 */
	open(room: string, tail: number, messages?: number): Promise<OpenedLog>;
	/**
	 * Appends the whole batch, in order, in one transaction. Resolves once it is durable. After a rejection the batch was
	 * stored wholly or not at all; a repeat of it is safe (rule M2).
	 * `seq` is consecutive within a room (rule M3). The outcomes are in the order of the batch. Creates rooms that do not
	 * exist, except private ones.
	 */
	append(batch: Append[]): Promise<AppendOutcome[]>;
	/** Returns a page of messages in their current state, ascending; the newest without `before` and `after`. */
	history(room: string, page: MessagePage): Promise<HistoryData>;
	/** Returns messages on both sides of a `seq` or a time. `seq: 0` in a room that does not exist. */
	around(room: string, around: MessagesAround): Promise<AroundData>;
	/** Returns entries after `after`, ascending and consecutive, with the log's state when they were read. */
	since(room: string, after: number, limit: number): Promise<SinceData & LogState>;
	/**
	 * Gives a room's log another epoch if it still has this one, because some of its history was lost: cursors of the former
	 * epoch are void from then on.
	 */
	renewEpoch(room: string, epoch: string): Promise<void>;
	/** Returns the heads of these rooms' logs. A room that does not exist is absent. */
	heads(rooms: readonly string[]): Promise<Map<string, Pick<LogState, "epoch" | "seq">>>;
}
