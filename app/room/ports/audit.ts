/** A moderator's reason for an action, and their name for themselves: all moderators share one token. */
export type ModerationNote = { reason?: string; by?: string };

/** An action of an admin. It contains no text of users but names, and no secret. */
export type NewAuditEntry = {
	act: "kick" | "ban" | "unban" | "close_room" | "reopen_room" | "remove_room" | "remove_message" | "notice";
	/** The target of the action. `until` is the end of a ban, `text` the beginning of a notice. */
	target: {
		user?: string;
		name?: string;
		address?: string;
		room?: string;
		seq?: number;
		until?: number;
		text?: string;
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
