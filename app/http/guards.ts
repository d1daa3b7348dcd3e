/** Middleware that checks requests before their routes. */
import { createMiddleware } from "hono/factory";
import { clientAddress } from "../request-trust/address.ts";
import { isOwnOrigin } from "../request-trust/origin.ts";
import { firstSession, sessionTokens } from "../request-trust/session-cookie.ts";
import { bearerToken, hasAdminToken } from "../request-trust/tokens.ts";
import type { Session, Sessions } from "../room/ports/sessions.ts";
import { refuse } from "../room/refusals.ts";
import type { AppDeps, Env, RequestContext, TrustSettings } from "./deps.ts";
import { refusalResponse } from "./responses.ts";

/** Returns the session of a request by its bearer token, or else its cookie. */
export function sessionOf(c: RequestContext, sessions: Pick<Sessions, "verify">): Session | undefined {
	const bearer = bearerToken((name) => c.req.header(name));
	const tokens = bearer === undefined ? sessionTokens(c.req.header("cookie")) : [bearer];
	return firstSession(tokens, (token) => sessions.verify(token));
}

/** Returns the address that the limits count a request by. */
export function addressOf(
	c: RequestContext,
	{ trust, remoteAddress }: Pick<AppDeps, "trust" | "remoteAddress">,
): string {
	return clientAddress(remoteAddress(c.env), (name) => c.req.header(name), trust.trustProxy);
}

/** Requires a signed-in user who is not banned. */
export function signedIn(deps: Pick<AppDeps, "sessions" | "chat" | "trust" | "remoteAddress">) {
	return createMiddleware<Env>(async (c, next) => {
		const session = sessionOf(c, deps.sessions);
		const banned = deps.chat.bans.refusal({ userId: session?.user.id, address: addressOf(c, deps) });
		if (banned) return refusalResponse(c, banned.error);
		if (!session)
			return refusalResponse(c, refuse("unauthorized", "Sign in first: POST /api/session with a name.").error);
		c.set("session", session);
		return next();
	});
}

/** Refuses changes from the pages of other sites (rule S4). */
export function ownOrigin({ publicOrigins }: Pick<TrustSettings, "publicOrigins">) {
	return createMiddleware<Env>(async (c, next) => {
		const isReading = c.req.method === "GET" || c.req.method === "HEAD";
		if (isReading || isOwnOrigin((name) => c.req.header(name), publicOrigins)) return next();
		return refusalResponse(
			c,
			refuse("forbidden", "This request comes from another site's page. Open the chat at its own address.").error,
		);
	});
}

/** Requires the admin token. Without an `ADMIN_TOKEN` the routes do not exist. */
export function adminOnly({ adminToken }: Pick<TrustSettings, "adminToken">) {
	return createMiddleware<Env>(async (c, next) => {
		if (adminToken === undefined) return c.notFound();
		if (hasAdminToken((name) => c.req.header(name), adminToken)) return next();
		return refusalResponse(c, wrongAdminToken().error);
	});
}

/** The refusal of a request without the right admin token. */
export function wrongAdminToken() {
	return refuse("unauthorized", "Send the server's ADMIN_TOKEN in the header Authorization: Bearer ….");
}
