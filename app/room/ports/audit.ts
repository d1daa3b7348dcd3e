/** The reason for an admin's action, and the name that the admin gave: all admins share one token. */
export type ModerationNote = { reason?: string; by?: string };

/** An action of an admin. It contains no secrets, and no text of users except names. */
export type NewAuditEntry = {
	act:
		| "kick"
		| "ban"
		| "unban"
		| "close_room"
		| "reopen_room"
		| "remove_room"
		| "remove_message"
		| "pin_message"
		| "unpin_message"
		| "notice"
		| "claim"
		| "set_role"
		| "remove_person"
		| "set_access"
		| "invite"
		| "revoke_invitation";
	/** The target of the action. `until` is the end of a ban, `text` the beginning of a notice. */
	target: {
		user?: string;
		name?: string;
		address?: string;
		room?: string;
		seq?: number;
		until?: number;
		text?: string;
		role?: string;
		access?: string;
		/** The id of an invitation. */
		invitation?: string;
	};
	createdAt: number;
} & ModerationNote;

/** An entry of the audit log. `id` is ascending. */
export type AuditEntry = NewAuditEntry & { id: number };

/** The stored audit log. */
export interface AuditStore {
	/** Returns a page of the audit log, newest first: entries older than the entry `before`. */
	audit(page: { before?: number; limit: number }): Promise<{ entries: AuditEntry[]; more: boolean }>;
}
