/** An action of an admin, an owner or a moderator, in the response to `GET /api/audit`. It contains no secrets, and no text of users except names. */
export type AuditInfo = {
	/** Ascending. */
	id: number;
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
		| "revoke_invitation"
		| "close_report";
	/** The target of the action. `until` is the end of a ban, `text` the beginning of a notice. */
	target: {
		user?: string;
		name?: string;
		address?: string;
		/** To users `~` in place of a private room. */
		room?: string;
		seq?: number;
		until?: number;
		text?: string;
		role?: string;
		access?: string;
		/** The id of a report. */
		report?: number;
		/** The id of an invitation. */
		invitation?: string;
	};
	/** Milliseconds since 1970. */
	createdAt: number;
	reason?: string;
	/** Name and id of a user, or the name that a program with the admin token gave. */
	by?: string;
};
