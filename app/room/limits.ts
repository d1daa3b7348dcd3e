import { MAX_BODY_CHARS } from "../protocol/limits.ts";

/** The rate of a token bucket: a sustained rate per second, and a burst. `perSecond: 0` is no limit. */
export type Rate = { perSecond: number; burst: number };

/** The limits per user, address or connection. A count of 0 is no limit. */
export type Limits = {
	/** Messages per user. */
	messages: Rate;
	/** Edits, removals and pins per user. */
	edits: Rate;
	/** Reactions per user. */
	reactions: Rate;
	/** Joins per user. */
	joins: Rate;
	/** Rooms per user that `rooms:join` joins again. */
	rejoins: Rate;
	/** New private rooms and direct conversations per user. */
	newRooms: Rate;
	/** Reports of messages per user. */
	reports: Rate;
	/** Packets of any kind per connection. Above it the connection is terminated. */
	packets: Rate;
	/** New sessions per address. */
	sessions: Rate;
	/** Pages of history and of logs per user. */
	reads: Rate;
	/** Moves of read marks per user. */
	readMarks: Rate;
	/** Searches per user. */
	searches: Rate;
	/** Requests for the list of rooms per user. */
	lists: Rate;
	/** Uploads of files per user. */
	uploads: Rate;
	/** Requests for files per user. */
	downloads: Rate;
	fileBytes: number;
	/** Bytes of all files. */
	filesBytes: number;
	/** Bytes that a user uploads in a day. */
	filesPerDayBytes: number;
	connectionsPerUser: number;
	connectionsPerAddress: number;
	roomsPerConnection: number;
	bodyChars: number;
	/** Minutes after which a message can no longer be edited. */
	editMinutes: number;
	packetBytes: number;
	/** Unread bytes per connection. Above it the connection is terminated; the client resumes. */
	unsentBytes: number;
};

/** The limits of a server without settings. */
export const DEFAULT_LIMITS: Readonly<Limits> = Object.freeze({
	messages: { perSecond: 5, burst: 20 },
	edits: { perSecond: 2, burst: 20 },
	reactions: { perSecond: 5, burst: 40 },
	joins: { perSecond: 1, burst: 30 },
	rejoins: { perSecond: 5, burst: 400 },
	newRooms: { perSecond: 0.05, burst: 10 },
	reports: { perSecond: 0.05, burst: 10 },
	packets: { perSecond: 1_000, burst: 10_000 },
	sessions: { perSecond: 0.2, burst: 10 },
	reads: { perSecond: 10, burst: 100 },
	readMarks: { perSecond: 5, burst: 100 },
	searches: { perSecond: 3, burst: 30 },
	lists: { perSecond: 5, burst: 50 },
	uploads: { perSecond: 1, burst: 40 },
	downloads: { perSecond: 50, burst: 500 },
	fileBytes: 25_000_000,
	filesBytes: 5_000_000_000,
	filesPerDayBytes: 500_000_000,
	connectionsPerUser: 20,
	connectionsPerAddress: 100,
	roomsPerConnection: 20,
	bodyChars: MAX_BODY_CHARS,
	editMinutes: 1_440,
	packetBytes: 65_536,
	unsentBytes: 1_048_576,
});
