import type { HeaderOf } from "./headers.ts";

/**
 * Whether a request comes from our own page (rule S4), or from a program: that sends no Origin and is allowed, for it
 * has no one else's cookies. `publicOrigins` are those the operator named; without any, the page's host is ours.
 */
export function isOwnOrigin(header: HeaderOf, publicOrigins: readonly string[]): boolean {
	const given = header("origin");
	if (given === undefined) return true;
	if (!URL.canParse(given)) return false;
	const { origin, protocol, host } = new URL(given);
	if (publicOrigins.length > 0) return publicOrigins.includes(origin);
	const own = `${protocol}//${header("host") ?? ""}`;
	// Parsed too, so that letter case and a default port that is spelt out make no difference.
	return /^https?:$/.test(protocol) && URL.canParse(own) && new URL(own).host === host;
}
