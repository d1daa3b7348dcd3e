/** The names of keys and channels in Redis. They share a prefix, so that another program can use the same server. */
export type RedisNames = {
	/** Sorted set: processes by their last heartbeat (milliseconds of Redis' clock). */
	processes: string;
	/** Channel for all processes. */
	all: string;
	/** Channel of a room. */
	room(room: string): string;
	/** Hash: the people in a room by id, as JSON with their name, its skeletons (`looks`) and their processes (`at`). */
	people(room: string): string;
	/** Hash: the user who has each skeleton in a room. */
	skeletons(room: string): string;
	/** Set: the rooms in which a process has people. */
	roomsOf(process: string): string;
};

/**
 * Returns the names for one chat: several may use the same Redis. Channels belong to the whole server, whichever database the
 * URL names; therefore the names contain its number.
 */
export function redisNames(url: string, chatId: string): RedisNames {
	const database = new URL(url).pathname.slice(1) || "0";
	const prefix = `hubbub:${database}:${chatId}:`;
	return {
		processes: `${prefix}processes`,
		all: `${prefix}all`,
		room: (room) => `${prefix}room:${room}`,
		people: (room) => `${prefix}people:${room}`,
		skeletons: (room) => `${prefix}looks:${room}`,
		roomsOf: (process) => `${prefix}rooms:${process}`,
	};
}
