import { isHttps } from "../request-trust/scheme.ts";
import type { RequestContext, TrustSettings } from "./deps.ts";

/** Returns the chat's own origin: the first of `PUBLIC_ORIGIN`, or else that of the request. */
export function ownOriginOf(c: RequestContext, trust: Pick<TrustSettings, "publicOrigins" | "trustProxy">): string {
	const [configured] = trust.publicOrigins;
	if (configured !== undefined) return configured;
	return `${isSecure(c, trust.trustProxy) ? "https" : "http"}://${new URL(c.req.url).host}`;
}

/** Returns whether the client uses https. */
export function isSecure(c: RequestContext, trustProxy: TrustSettings["trustProxy"]): boolean {
	return isHttps(new URL(c.req.url).protocol === "https:", (name) => c.req.header(name), trustProxy);
}
