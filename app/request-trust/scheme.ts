import type { TrustProxy } from "./address.ts";
import type { HeaderOf } from "./headers.ts";

/** Returns whether the client uses https. `own`: whether this connection does; the header of a trusted proxy overrides it. */
export function isHttps(own: boolean, header: HeaderOf, trust: TrustProxy): boolean {
	const forwarded = trust === undefined ? undefined : header("x-forwarded-proto");
	if (forwarded === undefined) return own;
	const schemes = forwarded.split(",").map((scheme) => scheme.trim().toLowerCase());
	const farthest = typeof trust === "number" ? trust : 1;
	return schemes.at(-Math.min(farthest, schemes.length)) === "https";
}
