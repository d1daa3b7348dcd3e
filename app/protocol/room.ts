import type { Cursor, Entry } from "./log.ts";
import type { Message } from "./message.ts";
import type { PresenceSnapshot } from "./presence.ts";
import type { PrivateKind, PrivateRoomInfo } from "./private-room.ts";
import type { Ack } from "./refusal.ts";
import type { User } from "./session.ts";

/** A room in the list of rooms. */
export type RoomSummary = {
	room: string;
	/** Present where the room is private or direct. The list has those of which the user is a member. */
	kind?: PrivateKind;
	/** The title of a private room. */
	title?: string;
	/** The people of a direct room. */
	people?: User[];
	/** People in the room. */
	present: number;
	/** When the newest message was sent, or the room was opened; milliseconds since 1970. */
	lastActiveAt: number;
};

/** `room:leave`, `typing:start`, `typing:stop`. */
export type RoomPayload = { room: string };

/** `room:join`. With `after`, the join resumes from there. */
export type JoinPayload = { room: string; after?: Cursor };
/** `room:closed`: nobody can write in the room from here on, or people can again. */
export type RoomClosed = RoomPayload & { closed: boolean };

/** `rooms:join`. */
export type JoinsPayload = { rooms: JoinPayload[] };
/** One ack for each room, in the order of the request. */
export type JoinsData = Ack<JoinData>[];
/** A room at the moment of a join: its presence, and the part of its log that the client needs. */
export type JoinData = {
	/** The room's name as the server writes it (rule R1). */
	room: string;
	epoch: string;
	/** The log's head; 0 in a room without entries. */
	seq: number;
	/** Whether the client must drop its copy of this room. */
	gap: boolean;
	/** The newest entry of this log that the user has read; absent where that is not known. */
	read?: number;
	presence: PresenceSnapshot;
	/** Present where nobody can write in the room (rule A5). */
	closed?: boolean;
	/** Present where the room is private or direct. */
	info?: PrivateRoomInfo;
} & (
	| { /** The newest, ascending. */ messages: Message[]; entries?: undefined }
	| { /** Everything after the cursor, ascending and consecutive. */ entries: Entry[]; messages?: undefined }
);
