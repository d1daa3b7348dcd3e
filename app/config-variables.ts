/** Every environment variable of the server: its default, its meaning and the values that it accepts. */
import {
	amount,
	fanOut,
	freeText,
	host,
	type Kind,
	logLevel,
	origins,
	port,
	secret,
	token,
	trustProxy,
	url,
	wholeCount,
} from "./config-kinds.ts";
import { DEFAULT_LIMITS } from "./room/limits.ts";

export type Variable<T = unknown, D extends T | undefined = T | undefined> = Kind<T> & {
	name: string;
	/** One sentence. */
	meaning: string;
	default: D;
	/** The value is never printed. */
	isSecret?: boolean;
};

/** With a default, the value is never undefined. */
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
	port: variable("PORT", port, 3_000, "Port that the server listens on; 0 takes a free one."),
	host: variable("HOST", host, "0.0.0.0", "Address that the server listens on; 127.0.0.1 for this machine only."),
	databasePath: variable(
		"DATABASE_PATH",
		freeText,
		"./data/hubbub.db",
		"The SQLite file; its folder is created if necessary.",
	),
	databaseUrl: variable(
		"DATABASE_URL",
		url("postgres", "postgresql"),
		undefined,
		"A PostgreSQL database instead of the SQLite file; several servers can share it.",
		true,
	),
	redisUrl: variable(
		"REDIS_URL",
		url("redis", "rediss"),
		undefined,
		"A Redis or Valkey server; servers with the same REDIS_URL and DATABASE_URL are one chat.",
		true,
	),
	sessionSecret: variable(
		"SESSION_SECRET",
		secret,
		undefined,
		"Signs the sessions; by default generated and stored beside the SQLite file or in PostgreSQL.",
		true,
	),
	adminToken: variable(
		"ADMIN_TOKEN",
		token,
		undefined,
		"Token of the admin routes (Authorization: Bearer …); without it they do not exist.",
		true,
	),
	loadToken: variable(
		"LOAD_TOKEN",
		token,
		undefined,
		"Lifts the limits per address for requests with this value as X-Load-Token.",
		true,
	),
	publicOrigins: variable(
		"PUBLIC_ORIGIN",
		origins,
		[],
		"Origins of the page; by default the host of an Origin must be the requested host.",
	),
	trustProxy: variable(
		"TRUST_PROXY",
		trustProxy,
		undefined,
		"Source of the client's address behind a proxy; by default the address of the connection.",
	),
	logLevel: variable("LOG_LEVEL", logLevel, "info", "Lowest severity of the log lines that are written."),
	retentionDays: variable(
		"RETENTION_DAYS",
		amount,
		0,
		"Days after which messages are removed, hourly from an hour after the start; 0 keeps all.",
	),
	bannedWordsFile: variable(
		"BANNED_WORDS_FILE",
		freeText,
		undefined,
		"File of words that messages, names and rooms must not contain, one per line.",
	),
	metricsPort: variable("METRICS_PORT", port, undefined, "Port for /metrics; by default it is public on PORT."),
	flyMachine: variable(
		"FLY_MACHINE_ID",
		freeText,
		undefined,
		"Set by Fly.io; polling requests that reach another machine are replayed to the machine of their session.",
	),
	fanOut: variable(
		"FAN_OUT",
		fanOut,
		"direct",
		"How packets are written: direct, one write per packet, or stock, as Socket.IO does, which uses more CPU.",
	),
	presenceGraceMs: variable(
		"PRESENCE_GRACE_MS",
		wholeCount,
		5_000,
		"Milliseconds for which a user who lost the connection is still shown as present.",
	),
	messagesPerSecond: variable(
		"LIMIT_MESSAGES_PER_S",
		amount,
		limits.messages.perSecond,
		"Sustained messages per second per user.",
	),
	messagesBurst: variable(
		"LIMIT_MESSAGES_BURST",
		wholeCount,
		limits.messages.burst,
		"Messages of one user in a burst.",
	),
	editsPerSecond: variable(
		"LIMIT_EDITS_PER_S",
		amount,
		limits.edits.perSecond,
		"Sustained edits, removals and pins per second per user.",
	),
	editsBurst: variable(
		"LIMIT_EDITS_BURST",
		wholeCount,
		limits.edits.burst,
		"Edits, removals and pins of one user in a burst.",
	),
	reactionsPerSecond: variable(
		"LIMIT_REACTIONS_PER_S",
		amount,
		limits.reactions.perSecond,
		"Sustained reactions per second per user.",
	),
	reactionsBurst: variable(
		"LIMIT_REACTIONS_BURST",
		wholeCount,
		limits.reactions.burst,
		"Reactions of one user in a burst.",
	),
	joinsPerSecond: variable("LIMIT_JOINS_PER_S", amount, limits.joins.perSecond, "Sustained joins per second per user."),
	joinsBurst: variable("LIMIT_JOINS_BURST", wholeCount, limits.joins.burst, "Joins of one user in a burst."),
	packetsPerSecond: variable(
		"LIMIT_PACKETS_PER_S",
		amount,
		limits.packets.perSecond,
		"Sustained packets per second per connection; above it the client is disconnected.",
	),
	packetsBurst: variable(
		"LIMIT_PACKETS_BURST",
		wholeCount,
		limits.packets.burst,
		"Packets of one connection in a burst.",
	),
	sessionsPerSecond: variable(
		"LIMIT_SESSIONS_PER_S",
		amount,
		limits.sessions.perSecond,
		"Sustained sign-ins per second per address.",
	),
	sessionsBurst: variable(
		"LIMIT_SESSIONS_BURST",
		wholeCount,
		limits.sessions.burst,
		"Sign-ins from one address in a burst.",
	),
	readsPerSecond: variable(
		"LIMIT_READS_PER_S",
		amount,
		limits.reads.perSecond,
		"Sustained pages of history and logs per second per user.",
	),
	readsBurst: variable(
		"LIMIT_READS_BURST",
		wholeCount,
		limits.reads.burst,
		"Pages of history and logs for one user in a burst.",
	),
	listsPerSecond: variable(
		"LIMIT_LISTS_PER_S",
		amount,
		limits.lists.perSecond,
		"Sustained requests for the list of rooms per second per user.",
	),
	listsBurst: variable(
		"LIMIT_LISTS_BURST",
		wholeCount,
		limits.lists.burst,
		"Requests for the list of rooms by one user in a burst.",
	),
	connectionsPerUser: variable(
		"LIMIT_CONNECTIONS_PER_USER",
		wholeCount,
		limits.connectionsPerUser,
		"Open connections per user.",
	),
	connectionsPerAddress: variable(
		"LIMIT_CONNECTIONS_PER_ADDRESS",
		wholeCount,
		limits.connectionsPerAddress,
		"Open connections per address; an IPv6 /64 network counts as one address.",
	),
	roomsPerConnection: variable(
		"LIMIT_ROOMS_PER_CONNECTION",
		wholeCount,
		limits.roomsPerConnection,
		"Rooms per connection.",
	),
	bodyChars: variable("LIMIT_BODY_CHARS", wholeCount, limits.bodyChars, "Characters per message."),
	editMinutes: variable(
		"EDIT_MINUTES",
		amount,
		limits.editMinutes,
		"Minutes after which a message can no longer be edited; 0 is no limit.",
	),
	packetBytes: variable("LIMIT_PACKET_BYTES", wholeCount, limits.packetBytes, "Bytes per packet from a client."),
	unsentBytes: variable(
		"LIMIT_UNSENT_BYTES",
		wholeCount,
		limits.unsentBytes,
		"Unsent bytes per connection; above it the client is disconnected, and resumes.",
	),
};
