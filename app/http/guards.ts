/** What is asked of a request before it comes to its route. */
import { getCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { clientAddress } from "../request-trust/address.ts";
import { isOwnOrigin } from "../request-trust/origin.ts";
import { SESSION_COOKIE } from "../request-trust/session-cookie.ts";
import { bearerToken, hasAdminToken } from "../request-trust/tokens.ts";
import type { Session, Sessions } from "../room/ports/sessions.ts";
import { refuse } from "../room/refusals.ts";
import { refusal } from "./answers.ts";
import type { AppDeps, Env, RequestContext, TrustSettings } from "./deps.ts";

/** The session that a request proves: with its token as a bearer, or with the cookie. */
export function sessionOf(c: RequestContext, sessions: Pick<Sessions, "verify">): Session | undefined {
	const token = bearerToken((name) => c.req.header(name)) ?? getCookie(c, SESSION_COOKIE);
	return token === undefined ? undefined : sessions.verify(token);
}

/** The address that a request is counted by. */
export function addressOf(
	c: RequestContext,
	{ trust, remoteAddress }: Pick<AppDeps, "trust" | "remoteAddress">,
): string {
	return clientAddress(remoteAddress(c.env), (name) => c.req.header(name), trust.trustProxy);
}

/** Lets only people pass who are signed in and not banned. */
export function signedIn(deps: Pick<AppDeps, "sessions" | "chat" | "trust" | "remoteAddress">) {
	return createMiddleware<Env>(async (c, next) => {
		const session = sessionOf(c, deps.sessions);
		const banned = deps.chat.bans.refusal({ userId: session?.user.id, address: addressOf(c, deps) });
		if (banned) return refusal(c, banned.error);
		if (!session) return refusal(c, refuse("unauthorized", "Sign in first: POST /api/session with a name.").error);
		c.set("session", session);
		return next();
	});
}

/** Lets nothing be changed by another site's page (rule S4). */
export function ownOrigin({ publicOrigins }: Pick<TrustSettings, "publicOrigins">) {
	return createMiddleware<Env>(async (c, next) => {
		const isReading = c.req.method === "GET" || c.req.method === "HEAD";
		if (isReading || isOwnOrigin((name) => c.req.header(name), publicOrigins)) return next();
		return refusal(
			c,
			refuse("forbidden", "This comes from another site's page; open the chat at its own address.").error,
		);
	});
}

/** Lets only the operator pass. Without an `ADMIN_TOKEN` there is nobody to let in, and the route is not there. */
export function adminOnly({ adminToken }: Pick<TrustSettings, "adminToken">) {
	return createMiddleware<Env>(async (c, next) => {
		if (adminToken === undefined) return c.notFound();
		if (hasAdminToken((name) => c.req.header(name), adminToken)) return next();
		return refusal(c, wrongAdminToken().error);
	});
}

/** What is told to whoever should have sent the admin's token. */
export function wrongAdminToken() {
	return refuse("unauthorized", "Send the server's ADMIN_TOKEN in the header Authorization: Bearer ….");
}
