import type { DatabaseSync } from "node:sqlite";
import { isPrivateName } from "../../protocol/private-room.ts";
import type { Append } from "../../room/ports/log.ts";
import { authorOf } from "../append-identity.ts";
import type { AppendResult } from "../append-result.ts";
import type { AppendRoom } from "./append-room.ts";
import { editAppender } from "./edits.ts";
import { entryWriter } from "./entries.ts";
import { eraser } from "./erasure.ts";
import { fileBinder } from "./files.ts";
import { memberAppender } from "./members.ts";
import { stateWriter } from "./message-states.ts";
import { messageAppender } from "./messages.ts";
import { pinAppender } from "./pins.ts";
import { reactionAppender } from "./reactions.ts";
import { removalAppender } from "./removals.ts";
import { roomCreator } from "./rooms.ts";
import { transaction } from "./transaction.ts";

/** Returns a function that appends a batch in one transaction. */
export function appender(db: DatabaseSync): (batch: readonly Append[]) => AppendResult[] {
	const createRoom = roomCreator(db);
	const head = db.prepare("SELECT id, kind, seq, floor, active_at FROM rooms WHERE name = ?");
	const raiseHead = db.prepare("UPDATE rooms SET seq = ?, active_at = ? WHERE id = ?");
	const entries = entryWriter(db);
	const states = stateWriter(db);
	const erasing = eraser(db);
	const files = fileBinder(db);
	const message = messageAppender(db, entries, states, files);
	const edit = editAppender(db, entries, states, erasing);
	const reaction = reactionAppender(db, entries, states);
	const pin = pinAppender(db, entries, states);
	const members = memberAppender(db, entries);
	const removal = removalAppender(db, entries, states, erasing, files);

	/** Returns undefined for a private room that does not exist. */
	function openRoom(name: string, createdAt: number): AppendRoom | undefined {
		let found = head.get(name) as Omit<AppendRoom, "committedSeq"> | undefined;
		if (!found) {
			if (isPrivateName(name)) return undefined;
			createRoom(name, createdAt);
			found = head.get(name) as Omit<AppendRoom, "committedSeq">;
		}
		return { ...found, committedSeq: found.seq };
	}

	function appendTo(room: AppendRoom, append: Append): AppendResult {
		switch (append.kind) {
			case "message":
				return message(room, append);
			case "edit":
				return edit(room, append);
			case "reaction":
				return reaction(room, append);
			case "pin":
				return pin(room, append);
			case "removal":
				return removal(room, append);
			case "member":
				return members.appendMember(room, append);
			case "room":
				return members.appendSettings(room, append);
		}
	}

	return (batch) =>
		transaction(db, "BEGIN IMMEDIATE", () => {
			const rooms = new Map<string, AppendRoom>();
			const results = batch.map((append) => {
				const room = rooms.get(append.room) ?? openRoom(append.room, append.createdAt);
				if (!room) return "not_member";
				rooms.set(append.room, room);
				const author = authorOf(append);
				if (author !== undefined && !members.mayAppend(room, author)) return "not_member";
				return appendTo(room, append);
			});
			for (const { id, seq, active_at, committedSeq } of rooms.values())
				if (seq > committedSeq) raiseHead.run(seq, active_at, id);
			return results;
		});
}
