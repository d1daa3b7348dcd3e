import { INVITATION_USERS, MAX_INVITATIONS } from "../../protocol/limits.ts";
import { type InvitationInfo, ROLES } from "../../protocol/people.ts";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { NewInvitation, Redeemed, Redemption } from "../../room/ports/invitations.ts";
import { MAX_PEOPLE } from "../../room/ports/people.ts";
import { AUDIT_COLUMNS } from "../audit-row.ts";
import {
	INVITATION_COLUMNS,
	type InvitationRow,
	invitationOf,
	redeemedOf,
	rowOfInvitation,
	type UseRow,
} from "../invitation-row.ts";
import { auditJson, auditRecords, deleteOldAudit } from "./audit.ts";
import type { Connections } from "./connections.ts";

/** Two at once may exceed the bound by one. */
const CREATE = `
	WITH created AS (
		INSERT INTO hubbub.invitations (${INVITATION_COLUMNS})
		SELECT $1, $2, $3, $4::bigint, $5::bigint, $6::bigint, $7, $8
		WHERE (
			SELECT count(*) FROM hubbub.invitations WHERE used < uses AND expires_at > $5::bigint
		) < ${MAX_INVITATIONS}
		RETURNING id
	), recorded AS (
		INSERT INTO hubbub.audit (${AUDIT_COLUMNS}) SELECT ${AUDIT_COLUMNS} FROM created, ${auditRecords("$9")}
	)
	SELECT id FROM created`;

const DELETE_EXPIRED = `
	WITH expired AS (DELETE FROM hubbub.invitations WHERE expires_at <= $1 RETURNING id)
	DELETE FROM hubbub.invitation_uses USING expired WHERE invitation_id = expired.id`;

const USES = `
	SELECT invitation_id, user_id, name, used_at FROM hubbub.invitations AS invitation, LATERAL (
		SELECT * FROM hubbub.invitation_uses
		WHERE invitation_id = invitation.id ORDER BY used_at DESC, user_id COLLATE "C" LIMIT ${INVITATION_USERS}
	) AS newest
	WHERE invitation.id = ANY ($1) ORDER BY used_at DESC, user_id COLLATE "C"`;

const REVOKE = `
	WITH revoked AS (
		DELETE FROM hubbub.invitations WHERE id = $1 AND expires_at > $2 RETURNING id
	), uses AS (
		DELETE FROM hubbub.invitation_uses USING revoked WHERE invitation_id = revoked.id
	), recorded AS (
		INSERT INTO hubbub.audit (${AUDIT_COLUMNS}) SELECT ${AUDIT_COLUMNS} FROM revoked, ${auditRecords("$3")}
	)
	SELECT id FROM revoked`;

export async function createInvitation(
	connections: Connections,
	invitation: NewInvitation,
	audit: NewAuditEntry,
): Promise<boolean> {
	const created = await connections.query(CREATE, [...rowOfInvitation(invitation), auditJson([[0, audit]])]);
	// A failure is ignored: expired invitations can't be used.
	await connections.query(DELETE_EXPIRED, [invitation.createdAt]).catch(() => undefined);
	await deleteOldAudit(connections);
	return created.length > 0;
}

export async function readInvitations(connections: Connections, now: number): Promise<InvitationInfo[]> {
	const rows = await connections.query<[...InvitationRow, used: number]>(
		`SELECT ${INVITATION_COLUMNS}, used FROM hubbub.invitations WHERE expires_at > $1
		ORDER BY created_at DESC, id COLLATE "C" LIMIT $2`,
		[now, MAX_INVITATIONS],
	);
	const uses = await connections.query<UseRow>(USES, [rows.map(([id]) => id)]);
	return rows.map((row) => invitationOf(row, uses));
}

export async function revokeInvitation(
	connections: Connections,
	id: string,
	at: number,
	audit: NewAuditEntry,
): Promise<boolean> {
	const revoked = await connections.query(REVOKE, [id, at, auditJson([[0, audit]])]);
	await deleteOldAudit(connections);
	return revoked.length > 0;
}

export async function redeemInvitation(
	connections: Connections,
	{ codeHash, user, role, at }: Redemption,
): Promise<Redeemed | undefined> {
	const lower = ROLES.slice(0, ROLES.indexOf(role));
	const [row] = await connections.query<[room: string | null, byId: string | null, byName: string | null]>(
		`SELECT to_room, by_id, by_name FROM hubbub.redeem_invitation($1, $2, $3, $4, $5, $6, ${MAX_PEOPLE})`,
		[codeHash, user.id, user.name, role, lower, at],
	);
	return row && redeemedOf(row);
}
