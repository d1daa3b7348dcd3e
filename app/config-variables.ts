/** Every environment variable that the server reads, once: its default, what it is for and what it takes. */
import {
	amount,
	count,
	fanOut,
	type Kind,
	logLevel,
	origins,
	port,
	secret,
	text,
	token,
	trustProxy,
	url,
} from "./config-kinds.ts";
import { DEFAULT_LIMITS } from "./room/limits.ts";

export type Variable<T = unknown, D extends T | undefined = T | undefined> = Kind<T> & {
	name: string;
	/** What it does, in one sentence. */
	meaning: string;
	default: D;
	/** Its value is never printed. */
	isSecret?: boolean;
};

/** Ties a kind to a name; a default makes the value one that is always there. */
function variable<T, const D extends T | undefined>(
	name: string,
	kind: Kind<T>,
	fallback: D,
	meaning: string,
	isSecret = false,
): Variable<T, D> {
	return { ...kind, name, default: fallback, meaning, isSecret };
}

const limits = DEFAULT_LIMITS;

export const VARIABLES = {
	port: variable("PORT", port, 3_000, "The port that the server listens on; 0 takes any free one."),
	host: variable("HOST", text, "0.0.0.0", "The address that it listens on; 127.0.0.1 keeps it to this machine."),
	databasePath: variable("DATABASE_PATH", text, "./data/hubbub.db", "The SQLite file; its folder is made if need be."),
	databaseUrl: variable(
		"DATABASE_URL",
		url("postgres", "postgresql"),
		undefined,
		"A PostgreSQL database, instead of the SQLite file; several servers may share it.",
		true,
	),
	redisUrl: variable(
		"REDIS_URL",
		url("redis", "rediss"),
		undefined,
		"A Redis or Valkey: all servers with the same one, and the same DATABASE_URL, are one chat.",
		true,
	),
	sessionSecret: variable(
		"SESSION_SECRET",
		secret,
		undefined,
		"Signs the sessions. Without it the server makes one and keeps it beside the database, or in PostgreSQL.",
		true,
	),
	adminToken: variable(
		"ADMIN_TOKEN",
		token,
		undefined,
		"Opens the admin's routes, as Authorization: Bearer …; without it they are not there.",
		true,
	),
	loadToken: variable(
		"LOAD_TOKEN",
		token,
		undefined,
		"Lifts the limits per address for requests that carry it as X-Load-Token.",
		true,
	),
	publicOrigins: variable(
		"PUBLIC_ORIGIN",
		origins,
		[],
		"The page's own origins. Without it, an Origin's host must be the one that was asked for.",
	),
	trustProxy: variable(
		"TRUST_PROXY",
		trustProxy,
		undefined,
		"Whose word is taken for the client's address; without it, only the connection's own address counts.",
	),
	logLevel: variable("LOG_LEVEL", logLevel, "info", "The least severe log lines that are written."),
	retentionDays: variable("RETENTION_DAYS", amount, 0, "Messages are forgotten after so many days; 0 keeps them all."),
	bannedWordsFile: variable(
		"BANNED_WORDS_FILE",
		text,
		undefined,
		"A file of words that a message may not have, one a line.",
	),
	metricsPort: variable(
		"METRICS_PORT",
		port,
		undefined,
		"Gives /metrics a port of its own; without it, it is on PORT for everyone.",
	),
	flyMachine: variable(
		"FLY_MACHINE_ID",
		text,
		undefined,
		"Set by Fly.io: polling clients that reach another of the machines are handed on to this one.",
	),
	fanOut: variable(
		"FAN_OUT",
		fanOut,
		"direct",
		"How clients are written to: direct, a buffer and a write for each packet, or stock, as Socket.IO does it, which costs more.",
	),
	presenceGraceMs: variable(
		"PRESENCE_GRACE_MS",
		count,
		5_000,
		"Milliseconds for which somebody whose line dropped is still shown as present.",
	),
	messagesPerSecond: variable(
		"LIMIT_MESSAGES_PER_S",
		amount,
		limits.messages.perSecond,
		"Messages a second of one user, for good.",
	),
	messagesBurst: variable("LIMIT_MESSAGES_BURST", count, limits.messages.burst, "Messages of one user at once."),
	joinsPerSecond: variable(
		"LIMIT_JOINS_PER_S",
		amount,
		limits.joins.perSecond,
		"Joins a second of one user, for good.",
	),
	joinsBurst: variable("LIMIT_JOINS_BURST", count, limits.joins.burst, "Joins of one user at once."),
	packetsPerSecond: variable(
		"LIMIT_PACKETS_PER_S",
		amount,
		limits.packets.perSecond,
		"Packets a second of one connection, for good; above it the connection is cut.",
	),
	packetsBurst: variable("LIMIT_PACKETS_BURST", count, limits.packets.burst, "Packets of one connection at once."),
	sessionsPerSecond: variable(
		"LIMIT_SESSIONS_PER_S",
		amount,
		limits.sessions.perSecond,
		"Sign-ins a second from one address, for good.",
	),
	sessionsBurst: variable("LIMIT_SESSIONS_BURST", count, limits.sessions.burst, "Sign-ins from one address at once."),
	readsPerSecond: variable(
		"LIMIT_READS_PER_S",
		amount,
		limits.reads.perSecond,
		"Pages of history and of logs a second for one user, for good.",
	),
	readsBurst: variable("LIMIT_READS_BURST", count, limits.reads.burst, "Such pages for one user at once."),
	listsPerSecond: variable(
		"LIMIT_LISTS_PER_S",
		amount,
		limits.lists.perSecond,
		"Requests a second of one user for the list of rooms, for good.",
	),
	listsBurst: variable("LIMIT_LISTS_BURST", count, limits.lists.burst, "Requests of one user for that list at once."),
	connectionsPerUser: variable(
		"LIMIT_CONNECTIONS_PER_USER",
		count,
		limits.connectionsPerUser,
		"Open connections of one user.",
	),
	connectionsPerAddress: variable(
		"LIMIT_CONNECTIONS_PER_ADDRESS",
		count,
		limits.connectionsPerAddress,
		"Open connections from one address; an IPv6 /64 is one.",
	),
	roomsPerConnection: variable(
		"LIMIT_ROOMS_PER_CONNECTION",
		count,
		limits.roomsPerConnection,
		"Rooms that one connection is in at once.",
	),
	bodyChars: variable("LIMIT_BODY_CHARS", count, limits.bodyChars, "Characters of a message."),
	packetBytes: variable("LIMIT_PACKET_BYTES", count, limits.packetBytes, "Bytes of one packet from a client."),
	unsentBytes: variable(
		"LIMIT_UNSENT_BYTES",
		count,
		limits.unsentBytes,
		"Bytes that may wait for one connection to read them; then it is cut and resumes.",
	),
};
