import { type ChangedUser, MAX_CHANGED_USERS, type Renaming, type UserStore } from "../../room/ports/users.ts";
import type { Connections } from "./connections.ts";

type Run = <T>(work: (connections: Connections) => Promise<T>) => Promise<T>;

/** The changes of users in a PostgreSQL store, which runs the calls. */
export function userStore(run: Run): UserStore {
	return {
		rename: (renaming) => run((connections) => rename(connections, renaming)),
		changedUsers: (after) => run((connections) => readChangedUsers(connections, after)),
	};
}

async function rename(connections: Connections, { user, skeletons, expiresAt }: Renaming): Promise<boolean> {
	const [row] = await connections.query<[isRenamed: boolean]>(
		`SELECT hubbub.rename_user($1, $2, $3, $4, ${MAX_CHANGED_USERS})`,
		[user.id, user.name, skeletons, expiresAt],
	);
	return row![0];
}

async function readChangedUsers(connections: Connections, after: number): Promise<ChangedUser[]> {
	const rows = await connections.query<[id: string, name: string, rev: number]>(
		"SELECT user_id, name, rev FROM hubbub.changed_users WHERE rev > $1 ORDER BY rev",
		[after],
	);
	return rows.map(([id, name, rev]) => ({ id, name, rev }));
}
