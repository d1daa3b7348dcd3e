import type { PasskeyInfo } from "../protocol/passkeys.ts";
import type { Passkey } from "../room/ports/accounts.ts";

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
