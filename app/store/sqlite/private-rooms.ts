import type { DatabaseSync } from "node:sqlite";
import { MAX_PRIVATE_ROOMS } from "../../protocol/limits.ts";
import type { MemberRole, PrivateKind, RoomMember } from "../../protocol/private-room.ts";
import type { User } from "../../protocol/session.ts";
import type { CreateOutcome, NewPrivateRoom, OwnRoom, PrivateRoomState } from "../../room/ports/private-rooms.ts";
import { newEpoch } from "../new-epoch.ts";
import { firstEntriesOf, peopleKey } from "../private-room.ts";
import { transaction } from "./transaction.ts";

/** Returns a function that creates a private or direct room, unless it exists. */
export function privateRoomCreator(db: DatabaseSync): (room: NewPrivateRoom) => CreateOutcome {
	const byClientId = db.prepare(`
		SELECT room.name FROM entries AS entry JOIN rooms AS room ON room.id = entry.room_id
		WHERE entry.author_id = ? AND entry.client_id = ? AND room.name IS NOT NULL
	`);
	const byPeople = db.prepare("SELECT name FROM rooms WHERE people = ?");
	const created = db.prepare("SELECT count(*) AS rooms FROM rooms WHERE created_by = ? AND name IS NOT NULL");
	const joined = db.prepare("SELECT count(*) AS rooms FROM members WHERE user_id = ?");
	const addRoom = db.prepare(`
		INSERT INTO rooms (name, epoch, seq, created_at, active_at, kind, title, shows_history, created_by, people)
		VALUES ($name, $epoch, $seq, $at, $at, $kind, $title, $history, $by, $people)
	`);
	const addEntry = db.prepare(`
		INSERT INTO entries (room_id, seq, kind, created_at, author_id, author_name, client_id, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
	`);
	const addMember = db.prepare(`
		INSERT INTO members (room_id, user_id, user_name, role, joined_seq, changed_seq, changed_at)
		VALUES (?, ?, ?, ?, 0, ?, ?)
	`);
	const count = (statement: typeof created, user: string) => Number(statement.get(user)?.rooms);

	function existing(room: NewPrivateRoom): string | undefined {
		const found =
			room.kind === "private" ? byClientId.get(room.by.id, room.clientId) : byPeople.get(peopleKey(room.people));
		return found?.name as string | undefined;
	}

	return (room) =>
		transaction(db, "BEGIN IMMEDIATE", () => {
			const { by, kind, createdAt: at } = room;
			const found = existing(room);
			if (found !== undefined) return { outcome: "found", room: found };
			const people = kind === "direct" ? room.people : [by];
			const isFull = people.some(({ id }) => count(joined, id) >= MAX_PRIVATE_ROOMS);
			if (isFull || count(created, by.id) >= MAX_PRIVATE_ROOMS) return { outcome: "full" };
			const entries = firstEntriesOf(room);
			const { lastInsertRowid } = addRoom.run({
				name: room.room,
				epoch: newEpoch(),
				seq: entries.length,
				at,
				kind,
				title: kind === "private" ? room.title : null,
				history: Number(kind === "direct" || room.history),
				by: by.id,
				people: kind === "direct" ? peopleKey(room.people) : null,
			});
			for (const { seq, kind, body, clientId, member } of entries) {
				addEntry.run(lastInsertRowid, seq, kind, at, by.id, by.name, clientId ?? null, body);
				if (member) addMember.run(lastInsertRowid, member.user.id, member.user.name, member.role, seq, at);
			}
			return { outcome: "created", room: room.room };
		});
}

type RoomRow = { id: number; kind: "open" | PrivateKind; title: string | null; topic: string | null; history: number };

/** The reader thread's calls for private rooms. `stateOf` reads within the caller's transaction. */
export function privateRoomReader(db: DatabaseSync) {
	const room = db.prepare("SELECT id, kind, title, topic, shows_history AS history FROM rooms WHERE name = ?");
	const members = db.prepare(`
		SELECT member.user_id AS id, member.user_name AS name, member.role, member.joined_seq AS joinedSeq
		FROM members AS member JOIN rooms AS room ON room.id = member.room_id
		WHERE room.name = ? ORDER BY member.joined_seq, member.user_name, member.user_id
	`);
	const role = db.prepare(`
		SELECT member.role FROM rooms AS room JOIN members AS member ON member.room_id = room.id
		WHERE room.name = ? AND member.user_id = ?
	`);
	const rooms = db.prepare(`
		SELECT room.name AS room, room.kind, room.title, room.active_at AS lastActiveAt
		FROM members AS member JOIN rooms AS room ON room.id = member.room_id
		WHERE member.user_id = ? AND room.name IS NOT NULL ORDER BY room.active_at DESC
	`);
	const name = db.prepare(`
		SELECT author_name AS name FROM entries
		WHERE author_id = ? AND client_id IS NOT NULL AND author_name IS NOT NULL LIMIT 1
	`);
	const memberName = db.prepare("SELECT user_name AS name FROM members WHERE user_id = ? ORDER BY changed_at DESC");
	type Row = User & { role: MemberRole; joinedSeq: number };
	const rowsOf = (name: string) => members.all(name) as unknown as Row[];

	return {
		stateOf(name: string): PrivateRoomState | undefined {
			const { kind, title, topic, history } = room.get(name) as unknown as RoomRow;
			if (kind === "open") return undefined;
			return {
				kind,
				...(title !== null && { title }),
				...(topic !== null && { topic }),
				history: history === 1,
				members: rowsOf(name).map(({ id, name, role, joinedSeq }) => ({ user: { id, name }, role, joinedSeq })),
			};
		},
		roleIn: (name: string, user: string) => role.get(name, user)?.role as MemberRole | undefined,
		membersOf: (room: string): RoomMember[] => rowsOf(room).map(({ id, name, role }) => ({ user: { id, name }, role })),
		privateRoomsOf: (user: string): OwnRoom[] =>
			(rooms.all(user) as { room: string; kind: PrivateKind; title: string | null; lastActiveAt: number }[]).map(
				({ room, kind, title, lastActiveAt }) => ({
					room,
					kind,
					...(title !== null && { title }),
					...(kind === "direct" && { people: rowsOf(room).map(({ id, name }) => ({ id, name })) }),
					lastActiveAt,
				}),
			),
		nameOf: (user: string) => (memberName.get(user) ?? name.get(user))?.name as string | undefined,
	};
}
