/** The names of keys and channels in Redis. All begin alike, so that another program may use the same server. */
export type RedisNames = {
	/** Processes, by when they were last alive (milliseconds of Redis' own clock): a sorted set. */
	processes: string;
	/** What is said to all processes: a channel. */
	all: string;
	/** What is said of a room: a channel. */
	room(room: string): string;
	/** Who is in a room, by id, each with their name, its looks and the processes they are on: a hash of JSON. */
	people(room: string): string;
	/** Whose name looks like what, in a room: a hash. */
	looks(room: string): string;
	/** The rooms that a process has people in: a set. */
	roomsOf(process: string): string;
};

/** Channels are of the whole server, whichever database a URL names: so the names have its number. */
export function redisNames(url: string): RedisNames {
	const database = new URL(url).pathname.slice(1) || "0";
	const prefix = `hubbub:${database}:`;
	return {
		processes: `${prefix}processes`,
		all: `${prefix}all`,
		room: (room) => `${prefix}room:${room}`,
		people: (room) => `${prefix}people:${room}`,
		looks: (room) => `${prefix}looks:${room}`,
		roomsOf: (process) => `${prefix}rooms:${process}`,
	};
}
