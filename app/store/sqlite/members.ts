import type { DatabaseSync } from "node:sqlite";
import { MAX_PRIVATE_ROOMS, MAX_ROOM_MEMBERS } from "../../protocol/limits.ts";
import type { MemberRole } from "../../protocol/private-room.ts";
import type { Append } from "../../room/ports/log.ts";
import type { AppendResult } from "../append-result.ts";
import type { AppendRoom } from "./append-room.ts";
import type { EntryWriter } from "./entries.ts";

type MemberRow = { role: MemberRole; changed_seq: number; changed_at: number };

/** Functions that append the changes of a private room's members and settings. */
export function memberAppender(db: DatabaseSync, entries: EntryWriter) {
	const member = db.prepare("SELECT role, changed_seq, changed_at FROM members WHERE room_id = ? AND user_id = ?");
	const counts = db.prepare(`
		SELECT
			(SELECT count(*) FROM members WHERE room_id = $room) AS members,
			(SELECT count(*) FROM members WHERE room_id = $room AND role = 'owner') AS owners,
			(SELECT count(*) FROM members WHERE user_id = $user) AS rooms
	`);
	const put = db.prepare(`
		INSERT INTO members (room_id, user_id, user_name, role, joined_seq, changed_seq, changed_at)
		VALUES ($room, $user, $name, $role, $seq, $seq, $at)
		ON CONFLICT (room_id, user_id) DO UPDATE
		SET role = excluded.role, changed_seq = excluded.changed_seq, changed_at = excluded.changed_at
	`);
	const remove = db.prepare("DELETE FROM members WHERE room_id = ? AND user_id = ?");
	const settings = db.prepare("SELECT title, topic, shows_history FROM rooms WHERE id = ?");
	const setSettings = db.prepare("UPDATE rooms SET title = ?, topic = ?, shows_history = ? WHERE id = ?");
	const find = (room: AppendRoom, user: string) => member.get(room.id, user) as MemberRow | undefined;

	return {
		/** Whether a user may append to a room. */
		mayAppend: (room: AppendRoom, user: string) => room.kind === "open" || find(room, user) !== undefined,

		appendMember(room: AppendRoom, { by, user, role, createdAt }: Append & { kind: "member" }): AppendResult {
			if (room.kind !== "private") return "forbidden";
			const isOwner = find(room, by.id)?.role === "owner";
			const known = find(room, user.id);
			if (!isOwner && (role !== undefined || by.id !== user.id)) return "forbidden";
			if (role === undefined && !known) return "missing";
			if (known && known.role === role) return [known.changed_seq, known.changed_at];
			const { members, owners, rooms } = counts.get({ room: room.id, user: user.id }) as Record<string, number>;
			if (known?.role === "owner" && owners === 1) return "last";
			if (!known && (members! >= MAX_ROOM_MEMBERS || rooms! >= MAX_PRIVATE_ROOMS)) return "full";
			const body = JSON.stringify({ user, role });
			const seq = entries.insertChange(room, { kind: "member", createdAt, user: by, body });
			if (role === undefined) remove.run(room.id, user.id);
			else put.run({ room: room.id, user: user.id, name: user.name, role, seq, at: createdAt });
			return seq;
		},

		appendSettings(room: AppendRoom, append: Append & { kind: "room" }): AppendResult {
			const { by, createdAt, settings: changed } = append;
			if (room.kind !== "private" || find(room, by.id)?.role !== "owner") return "forbidden";
			const before = settings.get(room.id) as { title: string; topic: string | null; shows_history: number };
			const { title = before.title, topic = before.topic ?? "" } = changed;
			const showsHistory = Number(changed.history ?? before.shows_history);
			const seq = entries.insertChange(room, { kind: "room", createdAt, user: by, body: JSON.stringify(changed) });
			setSettings.run(title, topic === "" ? null : topic, showsHistory, room.id);
			return seq;
		},
	};
}
