import type { DatabaseSync } from "node:sqlite";
import {
	type ChangedUser,
	MAX_CHANGED_USERS,
	type MessagePlaces,
	type Renaming,
	type UserStore,
} from "../../room/ports/users.ts";
import { type ChangedUserRow, changedUserOf, messagePlacesOf, type PlaceRow } from "../user-row.ts";
import type { ReaderCalls } from "./reader.ts";
import type { StorageThread } from "./storage-thread.ts";
import { transaction } from "./transaction.ts";
import type { WriterCalls } from "./writer.ts";

/** The changes of users in a SQLite store. `reader` returns the reader thread. */
export function userStore(writer: StorageThread<WriterCalls>, reader: () => StorageThread<ReaderCalls>): UserStore {
	return {
		rename: (renaming) => writer.call("rename", [renaming]),
		remove: (userId, expiresAt) => writer.call("removeUser", [userId, expiresAt]),
		changedUsers: (after) => writer.call("changedUsers", [after]),
		messagePlaces: async (userId, after, limit) => reader().call("messagePlaces", [userId, after, limit]),
	};
}

/** The writer thread's calls for changes of users. */
export function userCalls(db: DatabaseSync) {
	const isTaken = db.prepare("SELECT 1 FROM account_names WHERE skeleton = ? AND user_id <> ?");
	const nextRev = db.prepare("SELECT coalesce(max(rev), 0) + 1 AS rev FROM changed_users");
	const put = db.prepare(`
		INSERT INTO changed_users (user_id, name, expires_at, rev) VALUES (?, ?, ?, ?)
		ON CONFLICT (user_id) DO UPDATE
		SET name = excluded.name, expires_at = excluded.expires_at, rev = excluded.rev
	`);
	const dropUpTo = db.prepare("DELETE FROM changed_users WHERE rev <= ?");
	const changed = db.prepare("SELECT user_id, name, rev FROM changed_users WHERE rev > ? ORDER BY rev");
	changed.setReturnArrays(true);
	const isLastOwner = db.prepare(`
		SELECT 1 FROM people
		WHERE user_id = ? AND role = 'owner' AND (SELECT count(*) FROM people WHERE role = 'owner') = 1`);
	const deletions = [
		"accounts WHERE user_id = ?",
		"account_names WHERE user_id = ?",
		"passkeys WHERE user_id = ?",
		"sign_in_codes WHERE user_id = ?",
		"read_marks WHERE user_id = ?",
		"invitation_uses WHERE user_id = ?",
		"invitation_uses WHERE invitation_id IN (SELECT id FROM invitations WHERE by_id = ?)",
		"invitations WHERE by_id = ?",
	].map((rows) => db.prepare(`DELETE FROM ${rows}`));
	const removePerson = db.prepare(
		"UPDATE people SET name = NULL, role = NULL, rev = (SELECT max(rev) + 1 FROM people) WHERE user_id = ?",
	);
	const nameAccount = db.prepare("UPDATE accounts SET name = ? WHERE user_id = ?");
	const deleteSkeletons = db.prepare("DELETE FROM account_names WHERE user_id = ?");
	const insertSkeleton = db.prepare("INSERT INTO account_names VALUES (?, ?)");
	const namePerson = db.prepare(
		"UPDATE people SET name = ?, rev = (SELECT max(rev) + 1 FROM people) WHERE user_id = ?",
	);
	const nameCodes = db.prepare("UPDATE sign_in_codes SET name = ? WHERE user_id = ?");
	const nameMember = db.prepare("UPDATE members SET user_name = ? WHERE user_id = ?");

	function putChange(id: string, name: string | null, expiresAt: number): void {
		const rev = Number(nextRev.get()?.rev);
		put.run(id, name, expiresAt, rev);
		dropUpTo.run(rev - MAX_CHANGED_USERS);
	}

	return {
		rename: ({ user: { id, name }, skeletons, expiresAt }: Renaming): boolean =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				if (skeletons.some((skeleton) => isTaken.get(skeleton, id))) return false;
				putChange(id, name, expiresAt);
				if (nameAccount.run(name, id).changes > 0) {
					deleteSkeletons.run(id);
					for (const skeleton of skeletons) insertSkeleton.run(skeleton, id);
				}
				for (const rename of [namePerson, nameCodes, nameMember]) rename.run(name, id);
				return true;
			}),
		removeUser: (id: string, expiresAt: number): boolean =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				if (isLastOwner.get(id)) return false;
				putChange(id, null, expiresAt);
				for (const remove of [...deletions, removePerson]) remove.run(id);
				return true;
			}),
		changedUsers: (after: number): ChangedUser[] =>
			(changed.all(after) as unknown as ChangedUserRow[]).map(changedUserOf),
	};
}

/** Returns the reader thread's call for a user's messages. */
export function messagePlaceReader(db: DatabaseSync) {
	const own = db.prepare(`
		SELECT own.client_id, room.name, own.seq
		FROM (
			SELECT client_id, room_id, seq, kind FROM entries
			WHERE author_id = $user AND client_id > $after
			ORDER BY client_id LIMIT $limit
		) AS own
		LEFT JOIN rooms AS room ON room.id = own.room_id AND own.kind = 'message' AND (
			room.kind = 'open' OR EXISTS (
				SELECT 1 FROM members
				WHERE room_id = room.id AND user_id = $user AND (room.shows_history OR joined_seq <= own.seq)
			)
		)
		ORDER BY own.client_id
	`);
	own.setReturnArrays(true);
	return (user: string, after: string, limit: number): MessagePlaces =>
		messagePlacesOf(own.all({ user, after, limit }) as unknown as PlaceRow[], limit);
}
