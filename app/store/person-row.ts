import type { Access } from "../protocol/people.ts";
import type { PeopleState, Person } from "../room/ports/people.ts";

/** The columns of a {@link PersonRow}, in its order. */
export const PERSON_COLUMNS = "user_id, name, role, since, rev";
type PersonRow = [id: string, name: string | null, role: string | null, since: number, rev: number];
/** A person with the name of their account. */
export type KnownPersonRow = [...PersonRow, reservedName: string | null];

/** The key of the access in `chat_settings`. */
export const ACCESS_KEY = "access";

export function personOf([id, name, role, since, rev, reservedName]: KnownPersonRow): Person {
	return {
		id,
		...(name !== null && { name }),
		...(role !== null && { role: role as NonNullable<Person["role"]> }),
		...(reservedName !== null && { reservedName }),
		since,
		rev,
	};
}

/** `access` is the stored value, if there is one. */
export function peopleStateOf(rows: readonly KnownPersonRow[], access: string | undefined): PeopleState {
	return { people: rows.map(personOf), ...(access !== undefined && { access: access as Access }) };
}
