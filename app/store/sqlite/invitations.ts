import type { DatabaseSync } from "node:sqlite";
import { INVITATION_USERS, MAX_INVITATIONS } from "../../protocol/limits.ts";
import { type InvitationInfo, ROLES } from "../../protocol/people.ts";
import { isPrivateName } from "../../protocol/private-room.ts";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { NewInvitation, Redeemed, Redemption } from "../../room/ports/invitations.ts";
import {
	INVITATION_COLUMNS,
	type InvitationRow,
	invitationOf,
	redeemedOf,
	rowOfInvitation,
	type UseRow,
} from "../invitation-row.ts";
import { auditor } from "./audit.ts";
import { personWriter } from "./people.ts";
import { transaction } from "./transaction.ts";

type Found = { id: string; room: string | null; byId: string | null; byName: string | null; isUsedUp: number };

/** The writer thread's calls for invitations. */
export function invitationCalls(db: DatabaseSync) {
	const record = auditor(db);
	const { roleOf, put } = personWriter(db);
	const deleteExpired = db.prepare("DELETE FROM invitations WHERE expires_at <= ?");
	const deleteUses = db.prepare("DELETE FROM invitation_uses WHERE invitation_id NOT IN (SELECT id FROM invitations)");
	const usable = db.prepare("SELECT count(*) AS usable FROM invitations WHERE used < uses");
	const insert = db.prepare(`INSERT INTO invitations (${INVITATION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
	const all = db.prepare(`
		SELECT ${INVITATION_COLUMNS}, used FROM invitations WHERE expires_at > ? ORDER BY created_at DESC, id LIMIT ?`);
	all.setReturnArrays(true);
	const usesOf = db.prepare(`
		SELECT invitation_id, user_id, name, used_at FROM invitation_uses
		WHERE invitation_id = ? ORDER BY used_at DESC, user_id LIMIT ${INVITATION_USERS}`);
	usesOf.setReturnArrays(true);
	const remove = db.prepare("DELETE FROM invitations WHERE id = ? AND expires_at > ?");
	const byHash = db.prepare(`
		SELECT id, room, by_id AS byId, by_name AS byName, used >= uses AS isUsedUp FROM invitations
		WHERE code_hash = ? AND expires_at > ?`);
	const membership = db.prepare(`
		SELECT 1 FROM rooms AS room JOIN members AS member ON member.room_id = room.id
		WHERE room.name = ? AND member.user_id = ?`);
	const useBy = db.prepare("SELECT 1 FROM invitation_uses WHERE invitation_id = ? AND user_id = ?");
	const use = db.prepare("UPDATE invitations SET used = used + 1 WHERE id = ?");
	const insertUse = db.prepare("INSERT OR IGNORE INTO invitation_uses VALUES (?, ?, ?, ?)");

	/** Returns whether the user has what the invitation gives, or gets it with a use of the invitation. */
	function admit({ id, room, isUsedUp }: Found, { user, role, at }: Redemption): boolean {
		const known = roleOf(user.id);
		const hasRole = known !== undefined && ROLES.indexOf(known as Redemption["role"]) >= ROLES.indexOf(role);
		const isNew = room !== null && isPrivateName(room) && !membership.get(room, user.id);
		if (isNew && useBy.get(id, user.id)) return false;
		if (hasRole && !isNew) return true;
		if (isUsedUp || (!hasRole && !put({ ...user, role, at }))) return false;
		use.run(id);
		insertUse.run(id, user.id, user.name, at);
		return true;
	}

	return {
		createInvitation: (invitation: NewInvitation, audit: NewAuditEntry): boolean =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				deleteExpired.run(invitation.createdAt);
				deleteUses.run();
				if (Number(usable.get()?.usable) >= MAX_INVITATIONS) return false;
				insert.run(...rowOfInvitation(invitation));
				record(audit);
				return true;
			}),
		invitations: (now: number): InvitationInfo[] =>
			transaction(db, "BEGIN", () =>
				(all.all(now, MAX_INVITATIONS) as unknown as [...InvitationRow, number][]).map((row) =>
					invitationOf(row, usesOf.all(row[0]) as unknown as UseRow[]),
				),
			),
		revokeInvitation: (id: string, at: number, audit: NewAuditEntry): boolean =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				if (Number(remove.run(id, at).changes) === 0) return false;
				deleteUses.run();
				record(audit);
				return true;
			}),
		redeemInvitation: (redemption: Redemption): Redeemed | undefined =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				const found = byHash.get(redemption.codeHash, redemption.at) as Found | undefined;
				if (!found || !admit(found, redemption)) return undefined;
				return redeemedOf([found.room, found.byId, found.byName]);
			}),
	};
}
