import type { SentMessage } from "./message.ts";
import type { MemberRole, RoomSettings } from "./private-room.ts";
import type { User } from "./session.ts";

/** A position in a log, when it was appended: milliseconds since 1970, UTC. */
type Appended = { seq: number; createdAt: number };
/** An entry that changes the message `target`. */
type Change = Appended & { target: number };

/**
 * One entry of a room's log. `erased` replaces an entry whose content has been removed since, so that the numbering has no
 * hole. A client skips a kind that it does not know.
 */
export type Entry =
	| ({ kind: "message" } & SentMessage)
	/** The text of `target` is `body` from here on, and its mentions are these. */
	| ({ kind: "edit"; author: User; body: string; mentions?: string[] } & Change)
	/** A reaction of `user` is there, or no longer. */
	| ({ kind: "reaction"; user: User; emoji: string; on: boolean } & Change)
	/** `user` is absent where an admin did it over HTTP. */
	| ({ kind: "pin"; user?: User; on: boolean } & Change)
	/**
	 * The message was removed, with everything that belongs to it. `by` is absent where an admin did it over HTTP; `root` is
	 * the thread that has one reply less.
	 */
	| ({ kind: "removal"; by?: User; root?: number } & Change)
	/** `user` is a member with this role from here on, or no longer one where `role` is absent. */
	| ({ kind: "member"; by: User; user: User; role?: MemberRole } & Appended)
	/** The settings of the room are these from here on. An empty topic is none. */
	| ({ kind: "room"; by: User } & Partial<RoomSettings> & Appended)
	/** `root` is present where it was a reply, which the thread has had until its removal. */
	| ({ kind: "erased"; root?: number } & Appended);

/** A position in a room's log: the last `seq` seen, and the `epoch` it was seen in. */
export type Cursor = { epoch: string; seq: number };

/** `room:appended`: entries that were added to a room's log. */
export type RoomAppended = {
	room: string;
	/** Ascending and consecutive. */
	entries: Entry[];
};

/** `log:since`. */
export type SincePayload = { room: string; after: number };
/** A page of the log: ascending and consecutive. `more` is whether later entries exist. */
export type SinceData = { entries: Entry[]; more: boolean };
