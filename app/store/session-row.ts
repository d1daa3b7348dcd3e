import type { RevokedSession, StoredSession } from "../room/ports/accounts.ts";

/** The columns of a {@link SessionRow}, in its order. */
export const SESSION_COLUMNS = "id, device, created_at, expires_at";
export type SessionRow = [id: string, device: string, createdAt: number, expiresAt: number];

export function storedSessionOf([id, device, createdAt, expiresAt]: SessionRow): StoredSession {
	return { id, device, createdAt, expiresAt };
}

export type RevokedRow = [id: string, expiresAt: number];

export function revokedSessionOf([id, expiresAt]: RevokedRow): RevokedSession {
	return { id, expiresAt };
}

/** The kinds of codes that sign in. */
export const RECOVERY = "recovery";
export const LINK = "link";
/** The time at which a recovery code expires. */
export const NEVER = Number.MAX_SAFE_INTEGER;
