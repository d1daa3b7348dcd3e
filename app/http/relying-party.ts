import type { RelyingParty } from "../room/ports/web-authn.ts";
import type { RequestContext, TrustSettings } from "./deps.ts";
import { ownOriginOf } from "./own-url.ts";

/**
 * Returns the site that passkeys are for: the host of the first `PUBLIC_ORIGIN`, or else the host of the request, with
 * either scheme: a proxy may provide https, and browsers use passkeys without it on localhost only.
 */
export function relyingPartyOf(
	c: RequestContext,
	trust: Pick<TrustSettings, "publicOrigins" | "trustProxy">,
): RelyingParty {
	const { hostname, host } = new URL(ownOriginOf(c, trust));
	const { publicOrigins } = trust;
	return { id: hostname, origins: publicOrigins.length > 0 ? publicOrigins : [`https://${host}`, `http://${host}`] };
}
