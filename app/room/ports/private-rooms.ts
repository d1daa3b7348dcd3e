import type { MemberRole, PrivateKind, RoomMember, RoomSettings } from "../../protocol/private-room.ts";
import type { User } from "../../protocol/session.ts";
import type { OpenedLog } from "./log.ts";

/** A room to be created, with the entries that say so as the beginning of its log. */
export type NewPrivateRoom = {
	/** The name, for a room that does not exist yet. */
	room: string;
	createdAt: number;
	/** Who creates it. */
	by: User;
} & (
	| { kind: "private"; clientId: string; title: string; history: boolean }
	/** `people` are distinct and include `by`. */
	| { kind: "direct"; people: readonly User[] }
);

/**
 * - `created`: the room is new.
 * - `found`: there is one already, of this `clientId` or of these people.
 * - `full`: the user has created `MAX_PRIVATE_ROOMS`, or one of the people is a member of as many.
 */
export type CreateOutcome = { outcome: "created" | "found"; room: string } | { outcome: "full" };

/** A member, and from which `seq` on they see the log where new members do not see the history. */
export type StoredMember = RoomMember & { joinedSeq: number };

export type PrivateRoomState = RoomSettings & { kind: PrivateKind; members: StoredMember[] };

/** A private room in the list of one of its members. */
export type OwnRoom = { room: string; kind: PrivateKind; title?: string; people?: User[]; lastActiveAt: number };

/** The stored private and direct rooms. Their names begin with `PRIVATE_PREFIX`. */
export interface PrivateRoomStore {
	createPrivateRoom(room: NewPrivateRoom): Promise<CreateOutcome>;
	/**
	 * Returns a private room's log as `LogStore.open` does, and its members, which may be those of a moment later. Returns
	 * undefined if there is no private room of this name, and creates none.
	 */
	openPrivate(
		room: string,
		tail: number,
		messages: number,
	): Promise<(OpenedLog & { state: PrivateRoomState }) | undefined>;
	/** Returns the role of a member of a private room; undefined for anybody else, and for any other room. */
	roleIn(room: string, userId: string): Promise<MemberRole | undefined>;
	/** Returns the members of a private room, the first ones first; none for any other room. */
	membersOf(room: string): Promise<RoomMember[]>;
	/** Returns the private rooms of which a user is a member, newest activity first. */
	privateRoomsOf(userId: string): Promise<OwnRoom[]>;
	/** Returns the newest name that the store has of a user. */
	nameOf(userId: string): Promise<string | undefined>;
}
