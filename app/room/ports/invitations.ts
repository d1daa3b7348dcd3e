import type { InvitationInfo, Role } from "../../protocol/people.ts";
import type { User } from "../../protocol/session.ts";
import type { NewAuditEntry } from "./audit.ts";

/** An invitation to be stored. The code itself is stored nowhere. */
export type NewInvitation = {
	id: string;
	/** SHA-256 of the code, hex. */
	codeHash: string;
	room?: string;
	uses: number;
	createdAt: number;
	expiresAt: number;
	by?: User;
};

/** The use of an invitation by a user, who gets `role` unless they have it or a higher one. */
export type Redemption = { codeHash: string; user: User; role: Role; at: number };

/** What an invitation led to. `by` is who created it, unless a program with the admin token did. */
export type Redeemed = { room?: string; by?: User };

/** The stored invitations. */
export interface InvitationStore {
	/** Stores an invitation. Returns false, having stored nothing, where `MAX_INVITATIONS` can be used already. Deletes expired ones. */
	createInvitation(invitation: NewInvitation, audit: NewAuditEntry): Promise<boolean>;
	/** Returns the invitations that have not expired at `now`, newest first, each with the newest of its users. */
	invitations(now: number): Promise<InvitationInfo[]>;
	/** Deletes an invitation. Returns whether there was one that has not expired; then `audit` is written in the same transaction. */
	revokeInvitation(id: string, at: number, audit: NewAuditEntry): Promise<boolean>;
	/**
	 * Gives a user the role of an invitation, and counts the use. Of two uses at once of an invitation that has one left, one
	 * wins. A user who has the role already uses up nothing, unless the invitation is to a private room of which they are not a
	 * member; nobody uses such a one twice. Returns undefined for every invitation that can't be used: a wrong code, an expired,
	 * a revoked and a used-up one.
	 */
	redeemInvitation(redemption: Redemption): Promise<Redeemed | undefined>;
}
