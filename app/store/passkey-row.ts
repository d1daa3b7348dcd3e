import type { PasskeyInfo } from "../protocol/passkeys.ts";
import type { Passkey, RevokedSession, StoredSession } from "../room/ports/accounts.ts";

/** The columns of a {@link PasskeyRow}, in its order. */
export const PASSKEY_COLUMNS = "id, device, public_key, counter, created_at, used_at";
export type PasskeyRow = [
	id: string,
	device: string,
	publicKey: string,
	counter: number,
	createdAt: number,
	usedAt: number | null,
];

export function passkeyOf([id, device, publicKey, counter, createdAt, usedAt]: PasskeyRow): Passkey {
	return {
		id,
		device,
		publicKey,
		counter,
		createdAt,
		...(usedAt !== null && { usedAt }),
	};
}

/** Returns what its user sees of a passkey. */
export function passkeyInfoOf([id, device, , , createdAt, usedAt]: PasskeyRow): PasskeyInfo {
	return { id, device, createdAt, ...(usedAt !== null && { usedAt }) };
}

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
