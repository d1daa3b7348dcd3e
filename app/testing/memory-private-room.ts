import type { Entry } from "../protocol/log.ts";
import type { Append } from "../room/ports/log.ts";
import type { NewPrivateRoom, OwnRoom, PrivateRoomState } from "../room/ports/private-rooms.ts";

/** Returns the members and the log of a new private room, for the store in memory. */
export function newPrivateRoom(room: NewPrivateRoom): { state: PrivateRoomState; entries: Entry[] } {
	const { by, kind, createdAt } = room;
	const members = kind === "private" ? [by] : room.people;
	const role = kind === "private" ? ("owner" as const) : ("member" as const);
	const settings = kind === "private" ? { title: room.title, history: room.history } : { history: true };
	return {
		state: { kind, ...settings, members: members.map((user) => ({ user, role, joinedSeq: 0 })) },
		entries: [
			{ kind: "room", seq: 1, by, ...settings, createdAt },
			...members.map((user, index) => ({ kind: "member" as const, seq: index + 2, by, user, role, createdAt })),
		],
	};
}

/** Applies a change that was appended as the entry `seq`. */
export function changeRoom(
	state: PrivateRoomState,
	change: Append & { kind: "member" | "room" },
	seq: number,
): PrivateRoomState {
	if (change.kind === "room") return { ...state, ...change.settings };
	const { user, role } = change;
	const others = state.members.filter((member) => member.user.id !== user.id);
	return { ...state, members: role ? [...others, { user, role, joinedSeq: seq }] : others };
}

export function ownRoomOf(room: string, { kind, title, members }: PrivateRoomState): OwnRoom {
	const people = kind === "direct" && { people: members.map(({ user }) => user) };
	return { room, kind, ...(title !== undefined && { title }), ...people, lastActiveAt: 0 };
}
