import type { User } from "../../protocol/session.ts";
import type { ConnectionInfo } from "../ports/broadcast.ts";

const MAX_MEMBERS = 1_000;

/** A user in a room, as an admin sees them. */
export type RoomMember = {
	user: User;
	connections: number;
	/** The addresses of those connections. `users` counts everyone connected from the address, in any room. */
	addresses: { address: string; users: number }[];
};

/** The members of a room, as an admin sees them. */
export type RoomMembers = {
	members: RoomMember[];
	/** Whether `members` is incomplete. */
	truncated: boolean;
};

/** Groups the connections of a room by user. `all` are all connections of this process. */
export function roomMembersOf(inRoom: readonly ConnectionInfo[], all: readonly ConnectionInfo[]): RoomMembers {
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
	const members = [...byUser.values()].slice(0, MAX_MEMBERS).map(({ user, connections, addresses }) => ({
		user,
		connections,
		addresses: [...addresses].map((address) => ({ address, users: usersAt.get(address)?.size ?? 0 })),
	}));
	return { members, truncated: byUser.size > members.length };
}
