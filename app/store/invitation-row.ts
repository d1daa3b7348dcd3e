import type { InvitationInfo } from "../protocol/people.ts";
import type { NewInvitation, Redeemed } from "../room/ports/invitations.ts";

/** The columns of an {@link InvitationRow}, in its order. */
export const INVITATION_COLUMNS = "id, code_hash, room, uses, created_at, expires_at, by_id, by_name";
export type InvitationRow = [
	id: string,
	codeHash: string,
	room: string | null,
	uses: number,
	createdAt: number,
	expiresAt: number,
	byId: string | null,
	byName: string | null,
];

/** A use of an invitation. */
export type UseRow = [invitation: string, id: string, name: string, at: number];

export function rowOfInvitation(invitation: NewInvitation): InvitationRow {
	const { id, codeHash, room, uses, createdAt, expiresAt, by } = invitation;
	return [id, codeHash, room ?? null, uses, createdAt, expiresAt, by?.id ?? null, by?.name ?? null];
}

/** `uses` are those of all invitations, newest first. */
export function invitationOf(row: [...InvitationRow, used: number], uses: readonly UseRow[]): InvitationInfo {
	const [id, , room, most, createdAt, expiresAt, byId, byName, used] = row;
	return {
		id,
		...(room !== null && { room }),
		uses: most,
		used,
		createdAt,
		expiresAt,
		...(byId !== null && byName !== null && { by: { id: byId, name: byName } }),
		usedBy: uses.flatMap(([of, user, name, at]) => (of === id ? [{ id: user, name, at }] : [])),
	};
}

/** Returns what the redeemed invitation led to. */
export function redeemedOf(row: [room: string | null, byId: string | null, byName: string | null]): Redeemed {
	const [room, byId, byName] = row;
	return {
		...(room !== null && { room }),
		...(byId !== null && byName !== null && { by: { id: byId, name: byName } }),
	};
}
