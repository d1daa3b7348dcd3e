import { MAX_PRIVATE_ROOMS } from "../../protocol/limits.ts";
import type { MemberRole, PrivateKind, RoomMember } from "../../protocol/private-room.ts";
import type { User } from "../../protocol/session.ts";
import type { CreateOutcome, NewPrivateRoom, OwnRoom, PrivateRoomState } from "../../room/ports/private-rooms.ts";
import { newEpoch } from "../new-epoch.ts";
import { firstEntriesOf, peopleKey } from "../private-room.ts";
import type { Connections } from "./connections.ts";
import { readLog } from "./log.ts";

/** One row for each member of a room, or one with nulls if there are none. */
const STATE = `
	SELECT room.epoch, room.kind, room.title, room.topic, room.shows_history,
		member.user_id, member.user_name, member.role, member.joined_seq
	FROM hubbub.rooms AS room
	LEFT JOIN hubbub.members AS member ON member.room_id = room.id
	WHERE room.name = $1
	ORDER BY member.joined_seq, member.user_name, member.user_id`;

const ROLE = `
	SELECT member.role
	FROM hubbub.rooms AS room
	JOIN hubbub.members AS member ON member.room_id = room.id
	WHERE room.name = $1 AND member.user_id = $2`;

const OWN = `
	SELECT room.name, room.kind, room.title, room.active_at, CASE WHEN room.kind = 'direct' THEN (
		SELECT jsonb_agg(jsonb_build_object('id', other.user_id, 'name', other.user_name)
			ORDER BY other.joined_seq, other.user_name, other.user_id)
		FROM hubbub.members AS other
		WHERE other.room_id = room.id
	) END
	FROM hubbub.members AS member
	JOIN hubbub.rooms AS room ON room.id = member.room_id
	WHERE member.user_id = $1 AND room.name IS NOT NULL
	ORDER BY room.active_at DESC`;

const NAME = `
	SELECT coalesce(
		(SELECT user_name FROM hubbub.members WHERE user_id = $1 ORDER BY changed_at DESC LIMIT 1),
		(
			SELECT author_name FROM hubbub.entries
			WHERE author_id = $1 AND client_id IS NOT NULL AND author_name IS NOT NULL LIMIT 1
		)
	)`;

type StateRow = [
	epoch: string,
	kind: "open" | PrivateKind,
	title: string | null,
	topic: string | null,
	history: boolean,
	id: string | null,
	name: string,
	role: MemberRole,
	joinedSeq: number,
];

export async function createPrivateRoom(connections: Connections, room: NewPrivateRoom): Promise<CreateOutcome> {
	const entries = firstEntriesOf(room);
	const created = {
		name: room.room,
		epoch: newEpoch(),
		kind: room.kind,
		created_at: room.createdAt,
		by: room.by,
		most: MAX_PRIVATE_ROOMS,
		entries: entries.map(({ clientId, ...entry }) => ({ ...entry, client_id: clientId })),
		members: entries.flatMap(({ seq, member }) => (member ? [{ ...member.user, role: member.role, seq }] : [])),
		...(room.kind === "private"
			? { title: room.title, history: room.history, client_id: room.clientId }
			: { history: true, people: peopleKey(room.people) }),
	};
	const [row] = await connections.query<[CreateOutcome["outcome"], string | null]>(
		"SELECT outcome, room FROM hubbub.create_private_room($1)",
		[JSON.stringify(created)],
	);
	const [outcome, name] = row!;
	return outcome === "full" ? { outcome } : { outcome, room: name! };
}

/** Returns a private room's log and its members; undefined if there is no private room of this name. */
export async function openPrivateRoom(connections: Connections, room: string, tail: number, messages: number) {
	const log = await readLog(connections, room, tail, messages);
	// Read after the log: what has been appended meanwhile arrives as an event, and is applied a second time.
	const found = log && (await readState(connections, room));
	return log && found?.epoch === log.epoch ? { ...log, state: found.state } : undefined;
}

/** Returns the epoch of a private room's log, and its members; undefined if there is no private room of this name. */
async function readState(
	connections: Connections,
	room: string,
): Promise<{ epoch: string; state: PrivateRoomState } | undefined> {
	const rows = await connections.query<StateRow>(STATE, [room]);
	if (!rows[0]) return undefined;
	const [epoch, kind, title, topic, history] = rows[0];
	if (kind === "open") return undefined;
	const members = rows
		.filter(([, , , , , id]) => id !== null)
		.map(([, , , , , id, name, role, joinedSeq]) => ({ user: { id: id!, name }, role, joinedSeq }));
	const texts = { ...(title !== null && { title }), ...(topic !== null && { topic }) };
	return { epoch, state: { kind, ...texts, history, members } };
}

export async function readRole(
	connections: Connections,
	room: string,
	userId: string,
): Promise<MemberRole | undefined> {
	return (await connections.query<[MemberRole]>(ROLE, [room, userId]))[0]?.[0];
}

export async function readMembers(connections: Connections, room: string): Promise<RoomMember[]> {
	const found = await readState(connections, room);
	return (found?.state.members ?? []).map(({ user, role }) => ({ user, role }));
}

export async function readOwnRooms(connections: Connections, userId: string): Promise<OwnRoom[]> {
	type Row = [room: string, kind: PrivateKind, title: string | null, lastActiveAt: number, people: User[] | null];
	return (await connections.query<Row>(OWN, [userId])).map(([room, kind, title, lastActiveAt, people]) => ({
		room,
		kind,
		...(title !== null && { title }),
		...(people !== null && { people }),
		lastActiveAt,
	}));
}

export async function readName(connections: Connections, userId: string): Promise<string | undefined> {
	return (await connections.query<[string | null]>(NAME, [userId]))[0]?.[0] ?? undefined;
}
