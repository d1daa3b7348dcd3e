import type { MemberRole } from "../protocol/private-room.ts";
import type { User } from "../protocol/session.ts";
import type { NewPrivateRoom } from "../room/ports/private-rooms.ts";

/** An entry at the beginning of a private room's log, as both databases store it. */
export type FirstEntry = {
	seq: number;
	kind: "room" | "member";
	/** JSON. */
	body: string;
	clientId?: string;
	/** The member that the entry lets in. */
	member?: { user: User; role: MemberRole };
};

/** Returns the entries with which the log of a new room begins. */
export function firstEntriesOf(room: NewPrivateRoom): FirstEntry[] {
	if (room.kind === "direct") return room.people.map((user, index) => memberEntry(index + 1, { user, role: "member" }));
	const { title, history, clientId, by } = room;
	return [
		{ seq: 1, kind: "room", body: JSON.stringify({ title, history }), clientId },
		memberEntry(2, { user: by, role: "owner" }),
	];
}

function memberEntry(seq: number, member: { user: User; role: MemberRole }): FirstEntry {
	return { seq, kind: "member", body: JSON.stringify(member), member };
}

/** Returns the key of a direct room: the same for the same people. */
export function peopleKey(people: readonly User[]): string {
	return JSON.stringify(people.map(({ id }) => id).sort());
}
