import type { DatabaseSync } from "node:sqlite";
import { REPORT_MS } from "../../room/ports/reports.ts";
import { StepSize } from "../step-size.ts";
import { ERASE_EDITS } from "./erasure.ts";
import { transaction } from "./transaction.ts";

/** Maximum entries or reactions that one step deletes, so that a commit never waits long behind it. */
export const STEP_ENTRIES = 500;
/** Maximum rooms that one step reads. */
const STEP_ROOMS = 500;

/** The progress of a pruning. `next` is the id with which the next step continues; undefined after the last step. */
export type PruneStep = { pruned: number; next: number | undefined };

/** The writer thread's calls for retention: one step each, so that commits run in between. */
export function retentionCalls(db: DatabaseSync) {
	const roomsFrom = db.prepare(
		"SELECT id, seq, floor FROM rooms WHERE id >= ? AND name IS NOT NULL ORDER BY id LIMIT ?",
	);
	const entriesFrom = db.prepare(
		"SELECT id, room_id AS room, seq, created_at AS createdAt FROM entries WHERE id >= ? ORDER BY id LIMIT ?",
	);
	const floorOf = db.prepare("SELECT floor FROM rooms WHERE id = ? AND name IS NOT NULL");
	const firstKept = db.prepare(
		"SELECT min(seq) AS seq FROM (SELECT seq, created_at FROM entries WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?) WHERE created_at >= ?",
	);
	// The edits of pruned messages that are themselves young enough to stay.
	const eraseLaterEdits = db.prepare(`
		${ERASE_EDITS}
		WHERE room_id = $room AND seq IN (
			SELECT text_seq FROM message_states WHERE room_id = $room AND seq <= $upTo AND text_seq > $upTo
		)
	`);
	const deleteStatesUpTo = db.prepare("DELETE FROM message_states WHERE room_id = ? AND seq <= ?");
	const deleteReactions = reactionDeleter(db);
	const deleteUpTo = db.prepare("DELETE FROM entries WHERE room_id = ? AND seq <= ?");
	const raiseFloor = db.prepare("UPDATE rooms SET floor = ? WHERE id = ?");

	const renew = db.prepare(
		"UPDATE rooms SET created_at = ? WHERE seq = 0 AND created_at < ? AND name IN (SELECT value FROM json_each(?))",
	);
	const lastOfStep = db.prepare("SELECT max(id) AS id FROM (SELECT id FROM rooms WHERE id >= ? ORDER BY id LIMIT ?)");
	const deleteEmpty = db.prepare(`
		DELETE FROM rooms
		WHERE id BETWEEN ? AND ? AND seq = 0 AND created_at < ? AND name NOT IN (SELECT value FROM json_each(?))
	`);

	const dropRevocations = db.prepare("DELETE FROM revoked_sessions WHERE expires_at < ?");
	const dropSessions = db.prepare("DELETE FROM sessions WHERE expires_at < ?");
	const dropCodes = db.prepare("DELETE FROM sign_in_codes WHERE expires_at < ?");
	// The newest change stays, so that no revision is used twice.
	const dropChangedUsers = db.prepare(
		"DELETE FROM changed_users WHERE expires_at < ? AND rev < (SELECT max(rev) FROM changed_users)",
	);
	const dropReports = db.prepare("DELETE FROM reports WHERE created_at < ?");
	const dropBans = db.prepare("DELETE FROM bans WHERE ends_at < ?");

	const size = new StepSize();

	function prune(room: number, upTo: number): void {
		eraseLaterEdits.run({ room, upTo });
		deleteStatesUpTo.run(room, upTo);
		deleteUpTo.run(room, upTo);
		raiseFloor.run(upTo, room);
	}

	return {
		/**
		 * Deletes some of the oldest entries, of all rooms, if they are older than `before`. Entries that were stored one after
		 * the other are in one page of the file, which is written once; by room it would be written for each room. What this
		 * leaves, because entries that stay are in between, is for {@link pruneStep}.
		 */
		pruneOldestStep(before: number, from: number): PruneStep {
			const began = performance.now();
			const most = size.entries;
			const step = transaction(db, "BEGIN IMMEDIATE", () => {
				const oldest = entriesFrom.all(from, most) as OldEntry[];
				let pruned = 0;
				let reactionsLeft = most;
				for (const { room, seq: first, upTo } of beginningsOf(oldest, before)) {
					const { floor } = (floorOf.get(room) ?? {}) as { floor?: number };
					if (floor === undefined || first !== floor + 1) continue;
					reactionsLeft -= deleteReactions(room, upTo, reactionsLeft);
					if (reactionsLeft === 0) return { pruned, next: from };
					prune(room, upTo);
					pruned += upTo - floor;
				}
				const isOver = oldest.length < most || oldest.every(({ createdAt }) => createdAt >= before);
				return { pruned, next: isOver ? undefined : oldest.at(-1)!.id + 1 };
			});
			size.took(performance.now() - began, step.pruned);
			return step;
		},

		/**
		 * Deletes some entries older than `before` at the beginnings of logs. A log has no holes: entries after one that is
		 * kept are kept as well, whatever their time. The reactions to a message are deleted before it.
		 */
		pruneStep(before: number, from: number): PruneStep {
			const began = performance.now();
			const most = size.entries;
			const step = transaction(db, "BEGIN IMMEDIATE", () => {
				let pruned = 0;
				let reactionsLeft = most;
				const rooms = roomsFrom.all(from, STEP_ROOMS) as { id: number; seq: number; floor: number }[];
				for (const { id, seq, floor } of rooms) {
					const left = most - pruned;
					const kept = firstKept.get(id, floor, left, before) as { seq: number | null };
					const upTo = kept.seq === null ? Math.min(seq, floor + left) : kept.seq - 1;
					if (upTo > floor) {
						reactionsLeft -= deleteReactions(id, upTo, reactionsLeft);
						if (reactionsLeft === 0) return { pruned, next: id };
						prune(id, upTo);
						pruned += upTo - floor;
					}
					if (pruned === most) return { pruned, next: id };
				}
				return { pruned, next: rooms.length === STEP_ROOMS ? rooms.at(-1)!.id + 1 : undefined };
			});
			size.took(performance.now() - began, step.pruned);
			return step;
		},

		/**
		 * Deletes some rooms without entries. `kept` is a JSON array of the names of rooms that stay, and that count as created
		 * at `now`.
		 */
		pruneEmptyStep(before: number, kept: string, now: number, from: number): PruneStep {
			if (from === 0) renew.run(now, now, kept);
			const { id } = lastOfStep.get(from, STEP_ROOMS) as { id: number | null };
			if (id === null) return { pruned: 0, next: undefined };
			return { pruned: Number(deleteEmpty.run(from, id, before, kept).changes), next: id + 1 };
		},

		/** Deletes the revocations, bans, sessions, sign-in links and changes of users that ended before `before`, and old reports. */
		dropEnded(before: number): void {
			transaction(db, "BEGIN IMMEDIATE", () => {
				for (const drop of [dropRevocations, dropSessions, dropCodes, dropBans, dropChangedUsers]) drop.run(before);
				dropReports.run(before - REPORT_MS);
			});
		},
	};
}

type OldEntry = { id: number; room: number; seq: number; createdAt: number };

/** Returns the first entry of each room, and the last one up to which all are older than `before`. */
function beginningsOf(entries: readonly OldEntry[], before: number): { room: number; seq: number; upTo: number }[] {
	const found = [...Map.groupBy(entries, ({ room }) => room).values()].map((ofRoom) => {
		const [{ room, seq }] = ofRoom as [OldEntry];
		const kept = ofRoom.findIndex((entry, index) => entry.createdAt >= before || entry.seq !== seq + index);
		return { room, seq, upTo: seq + (kept === -1 ? ofRoom.length : kept) - 1 };
	});
	return found.filter(({ seq, upTo }) => upTo >= seq);
}

/** Returns a function that deletes up to `limit` reactions to messages up to a `seq`, and returns their number. */
export function reactionDeleter(db: DatabaseSync): (room: number, upTo: number, limit: number) => number {
	const deleteSome = db.prepare(`
		DELETE FROM reactions
		WHERE room_id = $room AND (target, emoji, user_id) IN (
			SELECT target, emoji, user_id FROM reactions
			WHERE room_id = $room AND target <= $upTo
			LIMIT $limit
		)
	`);
	return (room, upTo, limit) => Number(deleteSome.run({ room, upTo, limit }).changes);
}
