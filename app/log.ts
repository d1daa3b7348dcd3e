import pino, { type DestinationStream, type Logger } from "pino";
import type { LogLevel } from "./config-kinds.ts";

export type Log = Logger;

/** Never written, wherever in a line it may stand: secrets, what people said, what they are called and where they are. */
const UNTOLD = [
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

/** JSON lines, on standard output unless told otherwise. Written at once, so that the last one is there after a crash. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
	const options = {
		level,
		base: null,
		timestamp: () => `,"time":"${new Date().toISOString()}"`,
		formatters: { level: (label: string) => ({ level: label }) },
		redact: { paths: DEPTHS.flatMap((depth) => UNTOLD.map((key) => depth + key)), censor: "[untold]" },
		serializers: { error: plainError, err: plainError },
	};
	return destination ? pino(options, destination) : pino(options);
}

/** What an error says of itself; whatever else hangs on it (a query's values, a request) stays untold. */
function plainError(error: unknown): unknown {
	if (!(error instanceof Error)) return typeof error === "object" ? undefined : error;
	const { type, message, stack } = pino.stdSerializers.err(error);
	const { code } = error as { code?: unknown };
	return { type, message, stack, ...(typeof code === "string" && { code }) };
}
