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

/** A user of whose sessions the tokens may be out of date. */
export type ChangedUser = {
	id: string;
	/** Absent where the user has removed themselves: none of their sessions is valid. */
	name?: string;
	/** Ascending over the changes of all users. */
	rev: number;
};

/** A page of a user's messages: where they are. */
export type MessagePlaces = {
	places: { room: string; seq: number }[];
	/** Where the next page begins; absent in the last one. */
	next?: string;
};

/** Maximum changed users that are stored. They are in memory, at about 150 bytes each; above it the oldest are dropped. */
export const MAX_CHANGED_USERS = 100_000;

/** The stored changes of users, and what is stored of one. */
export interface UserStore {
	/**
	 * Renames a user wherever their current name is stored. Earlier messages keep the former name. Returns false
	 * where the name, or one that looks like it, belongs to another person with a passkey.
	 */
	rename(renaming: Renaming): Promise<boolean>;
	/**
	 * Removes a user's role, passkeys, codes, name, read marks and invitations, and voids their sessions, of which the last one
	 * expires at `expiresAt`. Returns false for the last owner.
	 */
	remove(userId: string, expiresAt: number): Promise<boolean>;
	/** Returns the users who changed after the revision `after`, ascending by it. */
	changedUsers(after: number): Promise<ChangedUser[]>;
	/**
	 * Returns where the messages of a user are that they may read, in no order that matters. `after` is the `next` of the page
	 * before, or empty. A page has up to `limit` of the user's entries, not all of which are messages.
	 */
	messagePlaces(userId: string, after: string, limit: number): Promise<MessagePlaces>;
}
