import type { DatabaseSync } from "node:sqlite";

/** The writer thread's calls for revoked sessions. */
export function sessionCalls(db: DatabaseSync) {
	const revoke = db.prepare("INSERT INTO revoked_sessions (id, expires_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING");
	const revoked = db.prepare("SELECT id FROM revoked_sessions");

	return {
		revokeSession: (id: string, expiresAt: number) => void revoke.run(id, expiresAt),
		revokedSessions: () => revoked.all().map((row) => String(row.id)),
	};
}
