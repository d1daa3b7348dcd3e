import type { ChangedUser, MessagePlaces } from "../room/ports/users.ts";

export type ChangedUserRow = [id: string, name: string | null, rev: number];

export function changedUserOf([id, name, rev]: ChangedUserRow): ChangedUser {
	return { id, ...(name !== null && { name }), rev };
}

/** An entry of a user. `room` is null unless it is a message in a room that the user may read. */
export type PlaceRow = [clientId: string, room: string | null, seq: number];

/** Returns a page of up to `limit` entries. */
export function messagePlacesOf(rows: readonly PlaceRow[], limit: number): MessagePlaces {
	const places = rows.flatMap(([, room, seq]) => (room === null ? [] : [{ room, seq }]));
	return { places, ...(rows.length === limit && { next: rows.at(-1)![0] }) };
}
