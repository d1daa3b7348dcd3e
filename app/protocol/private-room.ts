import type { User } from "./session.ts";

/** The first character of the names of private and direct rooms, which the server makes up. */
export const PRIVATE_PREFIX = "~";

/** Returns whether a name is that of a private or direct room. */
export function isPrivateName(room: string): boolean {
	return room.startsWith(PRIVATE_PREFIX);
}

/** A private room has the members that its owners let in; a direct one has two to eight people, always the same. */
export type PrivateKind = "private" | "direct";
/** An owner of a private room lets members in, removes them and changes the room's settings. */
export type MemberRole = "owner" | "member";

export type RoomMember = { user: User; role: MemberRole };

/** What the owners of a private room set. */
export type RoomSettings = {
	title?: string;
	topic?: string;
	/** Whether new members see the messages that were sent before they joined. */
	history: boolean;
};

/** What the ack of a join says about a private room. */
export type PrivateRoomInfo = RoomSettings & {
	kind: PrivateKind;
	/** The role of the user who joins. */
	role: MemberRole;
	/** The people of a direct room. */
	people?: User[];
};

/** `room:create`. A repeated `clientId` creates no second room. Without `history` new members see everything. */
export type RoomCreatePayload = { clientId: string; kind: "private"; title: string; history?: boolean };
/** `room:create`, `direct:open`, and `room:added`: the user is a member of this room from here on. */
export type RoomNameData = { room: string };
/** `direct:open`. The user who opens it may be left out. */
export type DirectOpenPayload = { users: string[] };
/** `room:update`: what is to be changed. An empty topic removes it. */
export type RoomUpdatePayload = { room: string } & Partial<RoomSettings>;
/** `room:members`. */
export type RoomMembersData = { members: RoomMember[] };
/** `member:add`. Adds a member, or changes the role of one. */
export type MemberAddPayload = { room: string; user: string; role?: MemberRole };
/** `member:remove`. */
export type MemberRemovePayload = { room: string; user: string };
