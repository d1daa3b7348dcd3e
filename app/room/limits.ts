import { MAX_BODY_CHARS } from "../protocol/limits.ts";

/** A token bucket's measure: so many a second for good, so many at once. `perSecond: 0` means no limit. */
export type Rate = { perSecond: number; burst: number };

/** What one person, address or connection may use up. A count of 0 means no limit. */
export type Limits = {
	/** Messages of one user. */
	messages: Rate;
	/** Joins of one user. */
	joins: Rate;
	/** Packets of one connection, whatever they ask for; above it the connection is cut. */
	packets: Rate;
	/** New sessions from one address. */
	sessions: Rate;
	/** Reads of one user: pages of history and of logs. */
	reads: Rate;
	/** Requests of one user for the list of rooms. */
	lists: Rate;
	connectionsPerUser: number;
	connectionsPerAddress: number;
	roomsPerConnection: number;
	bodyChars: number;
	packetBytes: number;
	/** What may wait to be read by one connection; above it the connection is cut and resumes by `seq`. */
	unsentBytes: number;
};

/** What is so unless the operator says otherwise. */
export const DEFAULT_LIMITS: Readonly<Limits> = Object.freeze({
	messages: { perSecond: 5, burst: 20 },
	joins: { perSecond: 1, burst: 10 },
	packets: { perSecond: 1_000, burst: 10_000 },
	sessions: { perSecond: 0.2, burst: 10 },
	reads: { perSecond: 10, burst: 100 },
	lists: { perSecond: 5, burst: 50 },
	connectionsPerUser: 20,
	connectionsPerAddress: 100,
	roomsPerConnection: 20,
	bodyChars: MAX_BODY_CHARS,
	packetBytes: 65_536,
	unsentBytes: 1_048_576,
});
