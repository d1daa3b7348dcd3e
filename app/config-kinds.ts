/** The kinds of environment variables: how each is parsed and described. */
import { ACCESS_LEVELS, type Access } from "./protocol/people.ts";
import type { TrustProxy } from "./request-trust/address.ts";

export type Kind<T> = {
	/** Completes the sentence "it must be …". */
	accepts: string;
	/** Returns undefined if the text is invalid. */
	parse: (text: string) => T | undefined;
};

const MAX_PORT = 65_535;
const MAX_COUNT = 1_000_000_000;
/** A petabyte. */
const MAX_BYTES = 1_000_000_000_000_000;
const MAX_PROXIES = 16;
/** Shorter secrets can be guessed. */
export const MIN_SECRET_CHARS = 16;
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

function wholeNumber(min: number, max: number): Kind<number> {
	return {
		accepts: `a whole number from ${min} to ${max}`,
		parse: (text) => (/^\d{1,16}$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
	};
}

export const amount: Kind<number> = {
	accepts: `a number from 0 to ${MAX_COUNT}, such as 5 or 0.2`,
	parse: (text) => (/^\d{1,10}(\.\d{1,6})?$/.test(text) && Number(text) <= MAX_COUNT ? Number(text) : undefined),
};
export const wholeCount = wholeNumber(0, MAX_COUNT);
export const byteCount = wholeNumber(0, MAX_BYTES);
export const port = wholeNumber(0, MAX_PORT);

export const freeText: Kind<string> = { accepts: "a text", parse: (given) => given };

/** An address in the brackets of a URL is that address. */
export const host: Kind<string> = { accepts: "an address", parse: (given) => /^\[(.+)\]$/.exec(given)?.[1] ?? given };

export const token: Kind<string> = {
	accepts: "a text of visible ASCII characters, without spaces",
	parse: (given) => (/^[!-~]+$/.test(given) ? given : undefined),
};

export const secret: Kind<string> = {
	accepts: `a text of at least ${MIN_SECRET_CHARS} characters, such as openssl rand -hex 32 prints`,
	parse: (given) => (given.length >= MIN_SECRET_CHARS ? given : undefined),
};

export function url(...schemes: string[]): Kind<string> {
	return {
		accepts: `a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
		parse: (given) => (schemes.includes(URL.parse(given)?.protocol.slice(0, -1) ?? "") ? given : undefined),
	};
}

export const origins: Kind<readonly string[]> = {
	accepts: "one or several origins, such as https://chat.example, separated by commas",
	parse(given) {
		const urls = given.split(",").map((item) => item.trim());
		const areOrigins = urls.every((item) => /^https?:\/\/[^/?#@]+\/?$/i.test(item) && URL.canParse(item));
		return areOrigins ? urls.map((item) => new URL(item).origin) : undefined;
	},
};

export const trustProxy: Kind<NonNullable<TrustProxy>> = {
	accepts:
		`the number of proxies in front of the server (1 to ${MAX_PROXIES}), which append to X-Forwarded-For, ` +
		"or the name of the header with the client's address, such as fly-client-ip",
	parse(given) {
		const proxies = wholeNumber(1, MAX_PROXIES).parse(given);
		if (proxies !== undefined) return proxies;
		const header = given.toLowerCase();
		// "true" and "yes" are no headers, and the client can write the left end of X-Forwarded-For.
		return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(header) && header !== "x-forwarded-for" ? header : undefined;
	},
};

export const logLevel: Kind<LogLevel> = {
	accepts: `one of ${LOG_LEVELS.join(", ")}`,
	parse: (given) => LOG_LEVELS.find((level) => level === given),
};

export const access: Kind<Access> = {
	accepts: `one of ${ACCESS_LEVELS.join(", ")}`,
	parse: (given) => ACCESS_LEVELS.find((level) => level === given),
};

export const fanOut: Kind<"direct" | "stock"> = {
	accepts: "direct or stock",
	parse: (given) => (given === "direct" || given === "stock" ? given : undefined),
};
