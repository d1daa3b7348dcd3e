import type { HeaderOf } from "./headers.ts";

/**
 * Returns whether a request comes from the chat's own page or from a program (rule S4). A program sends no Origin; it is
 * allowed, because it has no cookies of other people. Without `publicOrigins`, the Origin's host must be the requested host.
 */
export function isOwnOrigin(header: HeaderOf, publicOrigins: readonly string[]): boolean {
	const given = header("origin");
	if (given === undefined) return true;
	const url = URL.parse(given);
	if (!url) return false;
	const { origin, protocol, host } = url;
	if (publicOrigins.length > 0) return publicOrigins.includes(origin);
	const own = `${protocol}//${header("host") ?? ""}`;
	// Parsed too, so that letter case and an explicit default port make no difference.
	return /^https?:$/.test(protocol) && URL.parse(own)?.host === host;
}
