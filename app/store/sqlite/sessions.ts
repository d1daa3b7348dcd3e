import type { DatabaseSync } from "node:sqlite";

/** The writer thread's calls for revoked sessions. */
export function sessionCalls(db: DatabaseSync) {
	const revoke = db.prepare("INSERT INTO revoked_sessions (id, expires_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING");
	const revoked = db.prepare("SELECT id FROM revoked_sessions");
	const deleteExpired = db.prepare("DELETE FROM revoked_sessions WHERE expires_at <= ?");

	return {
		revokeSession: (id: string, expiresAt: number) => void revoke.run(id, expiresAt),
		/** Deletes expired ones: their tokens are void by themselves. */
		revokedSessions(now: number): string[] {
			deleteExpired.run(now);
			return revoked.all().map((row) => String(row.id));
		},
	};
}
