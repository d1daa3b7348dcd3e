import { type LogLevel, MIN_SECRET_CHARS } from "./config-kinds.ts";
import type { Variable } from "./config-variable.ts";
import { VARIABLES } from "./config-variables.ts";
import type { Access } from "./protocol/people.ts";
import type { TrustProxy } from "./request-trust/address.ts";
import type { Limits, Rate } from "./room/limits.ts";

/** The settings of the server, deeply frozen. */
export type Config = Readonly<{
	port: number;
	host: string;
	databasePath: string;
	databaseUrl: string | undefined;
	filesPath: string | undefined;
	filesUrl: string | undefined;
	redisUrl: string | undefined;
	sessionSecret: string | undefined;
	adminToken: string | undefined;
	/** Undefined where an owner decides it. */
	access: Access | undefined;
	loadToken: string | undefined;
	publicOrigins: readonly string[];
	trustProxy: TrustProxy;
	logLevel: LogLevel;
	/** 0 keeps everything. */
	retentionDays: number;
	bannedWordsFile: string | undefined;
	metricsPort: number | undefined;
	flyMachine: string | undefined;
	/** The app's name on Fly.io. */
	flyApp: string | undefined;
	fanOut: "direct" | "stock";
	presenceGraceMs: number;
	limits: Limits;
}>;

/** One or several variables are invalid. The message has a line per variable: its name, its value and what it accepts. */
export class ConfigError extends Error {
	override readonly name = "ConfigError";
}

type Values = {
	[K in keyof typeof VARIABLES]: (typeof VARIABLES)[K] extends Variable<infer T, infer D>
		? D extends undefined
			? T | undefined
			: T
		: never;
};

/** Reads the settings from the environment. Throws a {@link ConfigError} that lists every problem. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
	const problems: string[] = [];
	const entries = Object.entries(VARIABLES).map(([key, variable]) => [key, read(variable, env, problems)]);
	if (problems.length > 0) throw new ConfigError(problems.join("\n"));
	const config = group(Object.fromEntries(entries) as Values);
	const contradictions = contradictionsOf(config);
	if (contradictions.length > 0) throw new ConfigError(contradictions.join("\n"));
	return config;
}

/** Returns the problems of valid variables that contradict each other. */
function contradictionsOf({ port, metricsPort, databaseUrl, redisUrl }: Config): string[] {
	const problems: string[] = [];
	if (metricsPort !== undefined && metricsPort !== 0 && metricsPort === port)
		problems.push("METRICS_PORT and PORT are the same; give /metrics another port, or unset METRICS_PORT.");
	if (redisUrl !== undefined && databaseUrl === undefined)
		problems.push("REDIS_URL needs DATABASE_URL: the servers of a chat share one PostgreSQL database.");
	return problems;
}

/** Returns a warning for each setting that is valid but unsafe. */
export function warningsOf({ adminToken, loadToken, redisUrl, filesUrl, filesPath }: Config): string[] {
	const tokens = { ADMIN_TOKEN: adminToken, LOAD_TOKEN: loadToken };
	const short = Object.entries(tokens).flatMap(([name, token]) =>
		token !== undefined && token.length < MIN_SECRET_CHARS
			? [`${name} is short enough to be guessed. Use ${MIN_SECRET_CHARS} characters or more.`]
			: [],
	);
	const hasFiles = redisUrl === undefined || filesUrl !== undefined || filesPath !== undefined;
	return hasFiles
		? short
		: [...short, "Files can't be sent: set FILES_URL, or FILES_PATH to a folder that all servers share."];
}

function read(variable: Variable, env: Readonly<Record<string, string | undefined>>, problems: string[]): unknown {
	const given = env[variable.name]?.trim();
	// `NAME=` in an env file means "not set".
	if (given === undefined || given === "") return variable.default;
	const value = variable.parse(given);
	if (value !== undefined) return value;
	const shown = variable.isSecret ? `set (${given.length} characters)` : JSON.stringify(given);
	problems.push(`${variable.name} is ${shown}, but it must be ${variable.accepts}.`);
	return undefined;
}

function group(values: Values): Config {
	const {
		messagesPerSecond,
		messagesBurst,
		editsPerSecond,
		editsBurst,
		reactionsPerSecond,
		reactionsBurst,
		joinsPerSecond,
		joinsBurst,
		rejoinsPerSecond,
		rejoinsBurst,
		newRoomsPerSecond,
		newRoomsBurst,
		reportsPerSecond,
		reportsBurst,
		packetsPerSecond,
		packetsBurst,
		sessionsPerSecond,
		sessionsBurst,
		readsPerSecond,
		readsBurst,
		readMarksPerSecond,
		readMarksBurst,
		searchesPerSecond,
		searchesBurst,
		listsPerSecond,
		listsBurst,
		uploadsPerSecond,
		uploadsBurst,
		downloadsPerSecond,
		downloadsBurst,
		fileBytes,
		filesBytes,
		filesPerDayBytes,
		connectionsPerUser,
		connectionsPerAddress,
		roomsPerConnection,
		bodyChars,
		editMinutes,
		packetBytes,
		unsentBytes,
		...rest
	} = values;
	const limits = Object.freeze({
		messages: rate(messagesPerSecond, messagesBurst),
		edits: rate(editsPerSecond, editsBurst),
		reactions: rate(reactionsPerSecond, reactionsBurst),
		joins: rate(joinsPerSecond, joinsBurst),
		rejoins: rate(rejoinsPerSecond, rejoinsBurst),
		newRooms: rate(newRoomsPerSecond, newRoomsBurst),
		reports: rate(reportsPerSecond, reportsBurst),
		packets: rate(packetsPerSecond, packetsBurst),
		sessions: rate(sessionsPerSecond, sessionsBurst),
		reads: rate(readsPerSecond, readsBurst),
		readMarks: rate(readMarksPerSecond, readMarksBurst),
		searches: rate(searchesPerSecond, searchesBurst),
		lists: rate(listsPerSecond, listsBurst),
		uploads: rate(uploadsPerSecond, uploadsBurst),
		downloads: rate(downloadsPerSecond, downloadsBurst),
		fileBytes,
		filesBytes,
		filesPerDayBytes,
		connectionsPerUser,
		connectionsPerAddress,
		roomsPerConnection,
		bodyChars,
		editMinutes,
		packetBytes,
		unsentBytes,
	});
	return Object.freeze({ ...rest, publicOrigins: Object.freeze([...rest.publicOrigins]), limits });
}

/** A burst of 0 means no limit, as a rate of 0 does: an empty bucket would admit nothing. */
function rate(perSecond: number, burst: number): Rate {
	return Object.freeze(burst === 0 ? { perSecond: 0, burst: 0 } : { perSecond, burst });
}
