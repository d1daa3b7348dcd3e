import {
	type ChangedUser,
	MAX_CHANGED_USERS,
	type MessagePlaces,
	type Renaming,
	type UserStore,
} from "../../room/ports/users.ts";
import { type ChangedUserRow, changedUserOf, messagePlacesOf, type PlaceRow } from "../user-row.ts";
import type { Connections } from "./connections.ts";

type Run = <T>(work: (connections: Connections) => Promise<T>) => Promise<T>;

const OWN_ENTRIES = `
	SELECT own.client_id, room.name, own.seq
	FROM (
		SELECT client_id, room_id, seq, kind FROM hubbub.entries
		WHERE author_id = $1 AND client_id > $2
		ORDER BY client_id LIMIT $3
	) AS own
	LEFT JOIN hubbub.rooms AS room ON room.id = own.room_id AND own.kind = 'message' AND (
		room.kind = 'open' OR EXISTS (
			SELECT FROM hubbub.members AS member
			WHERE member.room_id = room.id AND member.user_id = $1 AND (room.shows_history OR member.joined_seq <= own.seq)
		)
	)
	ORDER BY own.client_id`;

/** The changes of users in a PostgreSQL store, which runs the calls. */
export function userStore(run: Run): UserStore {
	return {
		rename: (renaming) => run((connections) => rename(connections, renaming)),
		remove: (userId, expiresAt) => run((connections) => removeUser(connections, userId, expiresAt)),
		changedUsers: (after) => run((connections) => readChangedUsers(connections, after)),
		messagePlaces: (userId, after, limit) => run((connections) => readMessagePlaces(connections, userId, after, limit)),
	};
}

async function rename(connections: Connections, { user, skeletons, expiresAt }: Renaming): Promise<boolean> {
	const [row] = await connections.query<[isRenamed: boolean]>(
		`SELECT hubbub.rename_user($1, $2, $3, $4, ${MAX_CHANGED_USERS})`,
		[user.id, user.name, skeletons, expiresAt],
	);
	return row![0];
}

async function removeUser(connections: Connections, userId: string, expiresAt: number): Promise<boolean> {
	const [row] = await connections.query<[isRemoved: boolean]>(
		`SELECT hubbub.remove_user($1, $2, ${MAX_CHANGED_USERS})`,
		[userId, expiresAt],
	);
	return row![0];
}

async function readChangedUsers(connections: Connections, after: number): Promise<ChangedUser[]> {
	const rows = await connections.query<ChangedUserRow>(
		"SELECT user_id, name, rev FROM hubbub.changed_users WHERE rev > $1 ORDER BY rev",
		[after],
	);
	return rows.map(changedUserOf);
}

async function readMessagePlaces(
	connections: Connections,
	userId: string,
	after: string,
	limit: number,
): Promise<MessagePlaces> {
	return messagePlacesOf(await connections.query<PlaceRow>(OWN_ENTRIES, [userId, after, limit]), limit);
}
