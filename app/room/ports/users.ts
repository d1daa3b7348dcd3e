import type { User } from "../../protocol/session.ts";

/** A new name of a user. */
export type Renaming = {
	/** The user under the new name. */
	user: User;
	/** The skeletons of the new name. */
	skeletons: readonly string[];
	/** When the last session expires whose token may have an older name, in milliseconds since 1970. */
	expiresAt: number;
};

/** A user whose sessions may have another name in their tokens. */
export type ChangedUser = User & {
	/** Ascending over the changes of all users. */
	rev: number;
};

/** Maximum changed users that are stored. They are in memory, at about 150 bytes each; above it the oldest are dropped. */
export const MAX_CHANGED_USERS = 100_000;

/** The stored changes of users. */
export interface UserStore {
	/**
	 * Renames a user wherever their current name is stored. What they said keeps the name that it was said under. Returns false
	 * where the name, or one that looks like it, belongs to another person with a passkey.
	 */
	rename(renaming: Renaming): Promise<boolean>;
	/** Returns the users who changed after the revision `after`, ascending by it. */
	changedUsers(after: number): Promise<ChangedUser[]>;
}
