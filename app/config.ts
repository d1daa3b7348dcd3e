import { type LogLevel, MIN_SECRET_CHARS } from "./config-kinds.ts";
import { VARIABLES, type Variable } from "./config-variables.ts";
import type { TrustProxy } from "./request-trust/address.ts";
import type { Limits, Rate } from "./room/limits.ts";

/** What the operator decided. Deeply frozen. */
export type Config = Readonly<{
	port: number;
	host: string;
	databasePath: string;
	databaseUrl: string | undefined;
	redisUrl: string | undefined;
	sessionSecret: string | undefined;
	adminToken: string | undefined;
	loadToken: string | undefined;
	publicOrigins: readonly string[];
	trustProxy: TrustProxy;
	logLevel: LogLevel;
	/** 0 keeps everything. */
	retentionDays: number;
	bannedWordsFile: string | undefined;
	metricsPort: number | undefined;
	flyMachine: string | undefined;
	fanOut: "direct" | "stock";
	presenceGraceMs: number;
	limits: Limits;
}>;

/** One or several variables are wrong. The message has a line for each: its name, what it is and what it accepts. */
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

/** Reads the environment; throws a {@link ConfigError} that tells of everything that is wrong at once. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
	const problems: string[] = [];
	const entries = Object.entries(VARIABLES).map(([key, variable]) => [key, read(variable, env, problems)]);
	if (problems.length > 0) throw new ConfigError(problems.join("\n"));
	const config = group(Object.fromEntries(entries) as Values);
	const contradictions = contradictionsOf(config);
	if (contradictions.length > 0) throw new ConfigError(contradictions.join("\n"));
	return config;
}

/** What is wrong with variables together that are right one by one. */
function contradictionsOf({ port, metricsPort, databaseUrl, redisUrl }: Config): string[] {
	const problems: string[] = [];
	if (metricsPort !== undefined && metricsPort !== 0 && metricsPort === port)
		problems.push("METRICS_PORT and PORT are the same; give /metrics a port of its own or leave METRICS_PORT out.");
	if (redisUrl !== undefined && databaseUrl === undefined)
		problems.push("REDIS_URL needs DATABASE_URL: servers that are one chat keep its messages in one PostgreSQL.");
	return problems;
}

/** What is allowed and unwise, a sentence for each. */
export function warningsOf({ adminToken, loadToken }: Config): string[] {
	const tokens = { ADMIN_TOKEN: adminToken, LOAD_TOKEN: loadToken };
	return Object.entries(tokens).flatMap(([name, token]) =>
		token !== undefined && token.length < MIN_SECRET_CHARS
			? [`${name} is short enough to be guessed; let it have ${MIN_SECRET_CHARS} characters or more.`]
			: [],
	);
}

function read(variable: Variable, env: Readonly<Record<string, string | undefined>>, problems: string[]): unknown {
	const given = env[variable.name]?.trim();
	// `NAME=` in an env file means "not set".
	if (given === undefined || given === "") return variable.default;
	const value = variable.parse(given);
	if (value !== undefined) return value;
	const shown = variable.isSecret ? `set (${given.length} characters)` : JSON.stringify(given);
	problems.push(`${variable.name} is ${shown}, but it has to be ${variable.accepts}.`);
	return undefined;
}

function group(values: Values): Config {
	const {
		messagesPerSecond,
		messagesBurst,
		joinsPerSecond,
		joinsBurst,
		packetsPerSecond,
		packetsBurst,
		sessionsPerSecond,
		sessionsBurst,
		readsPerSecond,
		readsBurst,
		listsPerSecond,
		listsBurst,
		connectionsPerUser,
		connectionsPerAddress,
		roomsPerConnection,
		bodyChars,
		packetBytes,
		unsentBytes,
		...rest
	} = values;
	const limits = Object.freeze({
		messages: rate(messagesPerSecond, messagesBurst),
		joins: rate(joinsPerSecond, joinsBurst),
		packets: rate(packetsPerSecond, packetsBurst),
		sessions: rate(sessionsPerSecond, sessionsBurst),
		reads: rate(readsPerSecond, readsBurst),
		lists: rate(listsPerSecond, listsBurst),
		connectionsPerUser,
		connectionsPerAddress,
		roomsPerConnection,
		bodyChars,
		packetBytes,
		unsentBytes,
	});
	return Object.freeze({ ...rest, publicOrigins: Object.freeze([...rest.publicOrigins]), limits });
}

/** A bucket that holds nothing would let nobody through; 0 means that there is no limit. */
function rate(perSecond: number, burst: number): Rate {
	return Object.freeze(burst === 0 ? { perSecond: 0, burst: 0 } : { perSecond, burst });
}
