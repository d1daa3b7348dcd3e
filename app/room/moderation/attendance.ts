import type { User } from "../../protocol/session.ts";
import type { ConnectionInfo } from "../ports/broadcast.ts";

/** So many people of a room are listed. */
const MAX_ATTENDANTS = 1_000;

/** Somebody in a room, as the admin sees them. */
export type Attendant = {
	user: User;
	connections: number;
	/** Where they are connected from; `users` is how many people are connected from there, in whatever room. */
	addresses: { address: string; users: number }[];
};

/** A room's people, as the admin sees them. */
export type Attendance = {
	members: Attendant[];
	/** Whether `members` leaves somebody out. */
	truncated: boolean;
};

/** Who is in a room; `inRoom` are its connections, `all` those of the whole chat. */
export function attendanceOf(inRoom: readonly ConnectionInfo[], all: readonly ConnectionInfo[]): Attendance {
	const usersAt = new Map<string, Set<string>>();
	for (const { connection, address } of all) {
		const users = usersAt.get(address) ?? new Set();
		usersAt.set(address, users.add(connection.user.id));
	}
	const byUser = new Map<string, { user: User; connections: number; addresses: Set<string> }>();
	for (const { connection, address } of inRoom) {
		const { user } = connection;
		const known = byUser.get(user.id) ?? { user, connections: 0, addresses: new Set() };
		known.connections++;
		known.addresses.add(address);
		byUser.set(user.id, known);
	}
	const members = [...byUser.values()].slice(0, MAX_ATTENDANTS).map(({ user, connections, addresses }) => ({
		user,
		connections,
		addresses: [...addresses].map((address) => ({ address, users: usersAt.get(address)?.size ?? 0 })),
	}));
	return { members, truncated: byUser.size > members.length };
}
