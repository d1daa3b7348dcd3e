import type { User } from "./session.ts";

/** What a user may do in the chat, in ascending order. Who has no role is a guest. */
export const ROLES = ["guest", "member", "moderator", "owner"] as const;
export type Role = (typeof ROLES)[number];

/** Who may come in: everybody, who was invited, or members. */
export const ACCESS_LEVELS = ["open", "invited", "members"] as const;
export type Access = (typeof ACCESS_LEVELS)[number];

/** A signed-in user, as the user's own page sees them. */
export type SignedInUser = User & { role?: Exclude<Role, "guest"> };

/** The response to `GET /api/session`. */
export type SessionInfo = { user: SignedInUser; access: Access };

/** A person who has a role or was invited, in the response to `GET /api/people`. */
export type PersonInfo = { id: string; name?: string; role: Role; since: number };

/** An invitation as `POST /api/invitations` creates it. `code` is in no later response. */
export type CreatedInvitation = { id: string; code: string; url: string };

/** An invitation in the response to `GET /api/invitations`. Times are milliseconds since 1970. */
export type InvitationInfo = {
	id: string;
	/** The room that it leads to. */
	room?: string;
	/** How many people may use it, and how many have. */
	uses: number;
	used: number;
	createdAt: number;
	expiresAt: number;
	/** Who created it. Absent where it was created with the admin token. */
	by?: User;
	/** The newest of those who used it. */
	usedBy: (User & { at: number })[];
};
