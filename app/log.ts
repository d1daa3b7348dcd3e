import pino, { type DestinationStream, type Logger } from "pino";
import type { LogLevel } from "./config-kinds.ts";

export type Log = Logger;

/** Keys whose values are redacted at any depth: secrets, and the texts, names and locations of users. */
const REDACTED = [
	"token",
	"adminToken",
	"loadToken",
	"secret",
	"sessionSecret",
	"databaseUrl",
	"redisUrl",
	"auth",
	"authorization",
	"cookie",
	"headers",
	"body",
	"location",
	"text",
	"user",
	"author",
];
const DEPTHS = ["", "*.", "*.*.", "*.*.*."];

/** Returns a log of JSON lines, by default on standard output. Lines are written synchronously, so that none is lost in a crash. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
	const options = {
		level,
		base: null,
		timestamp: () => `,"time":"${new Date().toISOString()}"`,
		formatters: { level: (label: string) => ({ level: label }) },
		redact: { paths: DEPTHS.flatMap((depth) => REDACTED.map((key) => depth + key)), censor: "[redacted]" },
		serializers: { error: plainError, err: plainError },
	};
	return destination ? pino(options, destination) : pino(options);
}

/** Keeps the type, message, stack and code of an error, and drops other fields, such as a query's values or a request. */
function plainError(error: unknown): unknown {
	if (!(error instanceof Error)) return typeof error === "object" ? undefined : error;
	const { type, message, stack } = pino.stdSerializers.err(error);
	const { code } = error as { code?: unknown };
	return { type, message, stack, ...(typeof code === "string" && { code }) };
}
