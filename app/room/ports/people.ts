import type { Access, Role } from "../../protocol/people.ts";
import type { User } from "../../protocol/session.ts";
import type { NewAuditEntry } from "./audit.ts";

/** A user who has a role or was invited, or was removed since. */
export type Person = {
	id: string;
	/** The name at the last change, where it is known. */
	name?: string;
	/** Absent after a removal: the user is a stranger again. */
	role?: Role;
	/** The name that is theirs in every room; absent without a passkey. */
	reservedName?: string;
	/** When the user got the role, in milliseconds since 1970. */
	since: number;
	/** Ascending over the changes of all people. */
	rev: number;
};

/** The stored people and access, or what of them changed. */
export type PeopleState = {
	people: Person[];
	/** Who may come in; absent where no owner has decided it. */
	access?: Access;
};

/** A change of one user's role; without `role` the user is removed. */
export type RoleChange = { id: string; name?: string; role?: Role; at: number };

/**
 * What came of a {@link RoleChange}.
 * - `last_owner`: refused, because the chat would have no owner.
 * - `missing`: there is no such person to remove.
 * - `full`: there are {@link MAX_PEOPLE} people.
 */
export type RoleOutcome = "changed" | "last_owner" | "missing" | "full";

/** Maximum people with a role or an invitation. They are in memory, at about 200 bytes each. */
export const MAX_PEOPLE = 100_000;

/** The stored roles. */
export interface PeopleStore {
	/** Returns the people who changed after the revision `after`, ascending by it, and the access. */
	people(after: number): Promise<PeopleState>;
	/** Changes a role together with its entry in the audit log, in one transaction. */
	setRole(change: RoleChange, audit: NewAuditEntry): Promise<RoleOutcome>;
	/** Makes a user the owner, unless the chat has one. Returns whether it did; of two at once one does. */
	claim(user: User, at: number, audit: NewAuditEntry): Promise<boolean>;
	/** Stores who may come in. */
	setAccess(access: Access, audit: NewAuditEntry): Promise<void>;
}
