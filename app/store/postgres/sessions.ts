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
import type { Connections } from "./connections.ts";

const REVOKE = `
	WITH listed AS (DELETE FROM hubbub.sessions WHERE id = $1)
	INSERT INTO hubbub.revoked_sessions (id, expires_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`;
const INSERT_SECRET = "INSERT INTO hubbub.meta (key, value) VALUES ('session_secret', $1) ON CONFLICT (key) DO NOTHING";

const INSERT = "INSERT INTO hubbub.sessions VALUES ($2, $1, $3, $4, $5) ON CONFLICT (id) DO NOTHING";

/** Ends the sessions that a condition selects. */
function ending(condition: string): string {
	return `
		WITH ended AS (
			DELETE FROM hubbub.sessions WHERE user_id = $1 AND ${condition} RETURNING id, expires_at
		), revoked AS (
			INSERT INTO hubbub.revoked_sessions (id, expires_at) SELECT id, expires_at FROM ended
			ON CONFLICT (id) DO NOTHING
		)`;
}

const END_OLDEST = `
	${ending(`id IN (
		SELECT id FROM hubbub.sessions WHERE user_id = $1
		ORDER BY created_at DESC, id COLLATE "C" OFFSET ${MAX_SESSIONS}
	)`)}
	SELECT id, expires_at FROM ended`;

function endingWithLinks(condition: string): string {
	return `
		${ending(condition)}, links AS (
			DELETE FROM hubbub.sign_in_codes WHERE user_id = $1 AND kind = '${LINK}'
		)
		SELECT id, expires_at FROM ended`;
}
const END_ONE = endingWithLinks("id = $2");
const END_OTHERS = endingWithLinks("id <> $2");

const ADD_LINK = `
	WITH session AS (
		INSERT INTO hubbub.sessions VALUES ($2, $1, $3, $4, $5) ON CONFLICT (id) DO NOTHING
	), former AS (
		DELETE FROM hubbub.sign_in_codes WHERE expires_at <= $4 OR (user_id = $1 AND kind = '${LINK}')
	)
	INSERT INTO hubbub.sign_in_codes VALUES ($6, $1, $7, '${LINK}', $8)`;

const USE_CODE = "DELETE FROM hubbub.sign_in_codes WHERE code_hash = $1 AND expires_at > $2 RETURNING user_id, name";

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

export async function addSession(
	connections: Connections,
	userId: string,
	{ id, device, createdAt, expiresAt }: StoredSession,
): Promise<RevokedSession[]> {
	await connections.query(INSERT, [userId, id, device, createdAt, expiresAt]);
	return (await connections.query<RevokedRow>(END_OLDEST, [userId])).map(revokedSessionOf);
}

export async function readSessions(connections: Connections, userId: string, now: number): Promise<StoredSession[]> {
	const rows = await connections.query<SessionRow>(
		`SELECT ${SESSION_COLUMNS} FROM hubbub.sessions WHERE user_id = $1 AND expires_at > $2
		ORDER BY created_at DESC, id COLLATE "C" LIMIT ${MAX_SESSIONS}`,
		[userId, now],
	);
	return rows.map(storedSessionOf);
}

export async function endSessions(
	connections: Connections,
	userId: string,
	which: { only: string } | { except: string },
): Promise<RevokedSession[]> {
	const [text, id] = "only" in which ? [END_ONE, which.only] : [END_OTHERS, which.except];
	return (await connections.query<RevokedRow>(text, [userId, id])).map(revokedSessionOf);
}

export async function addSignInLink(
	connections: Connections,
	user: User,
	{ id, device, createdAt, expiresAt }: StoredSession,
	link: { codeHash: string; expiresAt: number },
): Promise<void> {
	const session = [id, device, createdAt, expiresAt];
	await connections.query(ADD_LINK, [user.id, ...session, link.codeHash, user.name, link.expiresAt]);
}

export async function useSignInCode(connections: Connections, codeHash: string, at: number): Promise<User | undefined> {
	const [row] = await connections.query<[id: string, name: string]>(USE_CODE, [codeHash, at]);
	return row && { id: row[0], name: row[1] };
}
