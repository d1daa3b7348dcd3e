import type { DatabaseSync } from "node:sqlite";
import { type ChangedUser, MAX_CHANGED_USERS, type Renaming, type UserStore } from "../../room/ports/users.ts";
import type { StorageThread } from "./storage-thread.ts";
import { transaction } from "./transaction.ts";
import type { WriterCalls } from "./writer.ts";

/** The changes of users in a SQLite store. All calls run on the writer thread, one after the other. */
export function userStore(writer: StorageThread<WriterCalls>): UserStore {
	return {
		rename: (renaming) => writer.call("rename", [renaming]),
		changedUsers: (after) => writer.call("changedUsers", [after]),
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
	const changed = db.prepare("SELECT user_id AS id, name, rev FROM changed_users WHERE rev > ? ORDER BY rev");
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
		changedUsers: (after: number): ChangedUser[] =>
			changed.all(after).map((row) => ({ ...row }) as unknown as ChangedUser),
	};
}
