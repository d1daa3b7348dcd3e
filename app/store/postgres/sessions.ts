import type { Connections } from "./connections.ts";

const REVOKE = "INSERT INTO hubbub.revoked_sessions (id, expires_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
const INSERT_SECRET = "INSERT INTO hubbub.meta (key, value) VALUES ('session_secret', $1) ON CONFLICT (key) DO NOTHING";

export async function revokeSession(connections: Connections, sessionId: string, expiresAt: number): Promise<void> {
	await connections.query(REVOKE, [sessionId, expiresAt]);
}

export async function readRevokedSessions(connections: Connections): Promise<string[]> {
	const rows = await connections.query<[id: string]>("SELECT id FROM hubbub.revoked_sessions", []);
	return rows.map(([id]) => id);
}

/** Returns the stored secret; stores `fresh` if there is none. */
export async function getOrCreateSecret(connections: Connections, fresh: string): Promise<string> {
	await connections.query(INSERT_SECRET, [fresh]);
	const [row] = await connections.query<[secret: string]>(
		"SELECT value FROM hubbub.meta WHERE key = 'session_secret'",
		[],
	);
	return row![0];
}
