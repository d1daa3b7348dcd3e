import type { DatabaseSync } from "node:sqlite";
import { MAX_SESSIONS } from "../../protocol/limits.ts";
import type { User } from "../../protocol/session.ts";
import type { RevokedSession, StoredSession } from "../../room/ports/accounts.ts";
import {
	LINK,
	type RevokedRow,
	revokedSessionOf,
	SESSION_COLUMNS,
	type SessionRow,
	storedSessionOf,
} from "../session-row.ts";
import { transaction } from "./transaction.ts";

/** The writer thread's calls for sessions, revoked sessions, and the codes that sign in. */
export function sessionCalls(db: DatabaseSync) {
	const revoke = db.prepare("INSERT INTO revoked_sessions (id, expires_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING");
	const revoked = db.prepare("SELECT id FROM revoked_sessions");
	const insert = db.prepare("INSERT OR IGNORE INTO sessions VALUES (?, ?, ?, ?, ?)");
	const remove = db.prepare("DELETE FROM sessions WHERE id = ?");
	const own = db.prepare(`
		SELECT ${SESSION_COLUMNS} FROM sessions WHERE user_id = ? AND expires_at > ?
		ORDER BY created_at DESC, id LIMIT ${MAX_SESSIONS}`);
	own.setReturnArrays(true);
	const one = db.prepare("SELECT id, expires_at FROM sessions WHERE user_id = ? AND id = ?");
	const others = db.prepare("SELECT id, expires_at FROM sessions WHERE user_id = ? AND id <> ?");
	const oldest = db.prepare(`
		SELECT id, expires_at FROM sessions WHERE user_id = ? ORDER BY created_at DESC, id LIMIT -1 OFFSET ${MAX_SESSIONS}`);
	for (const statement of [one, others, oldest]) statement.setReturnArrays(true);
	const insertCode = db.prepare("INSERT INTO sign_in_codes VALUES (?, ?, ?, ?, ?)");
	const deleteLinks = db.prepare("DELETE FROM sign_in_codes WHERE user_id = ? AND kind = ?");
	const deleteExpired = db.prepare("DELETE FROM sign_in_codes WHERE expires_at <= ?");
	const useCode = db.prepare(
		"DELETE FROM sign_in_codes WHERE code_hash = ? AND expires_at > ? RETURNING user_id, name",
	);

	function put(userId: string, { id, device, createdAt, expiresAt }: StoredSession): void {
		insert.run(id, userId, device, createdAt, expiresAt);
	}

	function end(rows: unknown[]): RevokedSession[] {
		for (const [id, expiresAt] of rows as RevokedRow[]) {
			remove.run(id);
			revoke.run(id, expiresAt);
		}
		return (rows as RevokedRow[]).map(revokedSessionOf);
	}

	return {
		revokeSession: (id: string, expiresAt: number): void =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				remove.run(id);
				revoke.run(id, expiresAt);
			}),
		revokedSessions: () => revoked.all().map((row) => String(row.id)),
		addSession: (userId: string, session: StoredSession): RevokedSession[] =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				put(userId, session);
				return end(oldest.all(userId));
			}),
		sessions: (userId: string, now: number): StoredSession[] =>
			(own.all(userId, now) as unknown as SessionRow[]).map(storedSessionOf),
		endSessions: (userId: string, which: { only: string } | { except: string }): RevokedSession[] =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				deleteLinks.run(userId, LINK);
				return end("only" in which ? one.all(userId, which.only) : others.all(userId, which.except));
			}),
		addSignInLink: (user: User, session: StoredSession, link: { codeHash: string; expiresAt: number }): void =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				put(user.id, session);
				deleteExpired.run(session.createdAt);
				deleteLinks.run(user.id, LINK);
				insertCode.run(link.codeHash, user.id, user.name, LINK, link.expiresAt);
			}),
		useSignInCode(codeHash: string, at: number): User | undefined {
			const used = useCode.get(codeHash, at);
			return used && { id: String(used.user_id), name: String(used.name) };
		},
	};
}
