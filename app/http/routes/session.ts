import { Hono } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { SessionSchema } from "../../protocol/schemas/names.ts";
import type { SessionData } from "../../protocol/session.ts";
import { isHttps } from "../../request-trust/scheme.ts";
import { SESSION_COOKIE } from "../../request-trust/session-cookie.ts";
import { hasLoadToken } from "../../request-trust/tokens.ts";
import { wordRefusal } from "../../room/banned-words.ts";
import type { AppDeps, Env, RequestContext } from "../deps.ts";
import { addressOf, sessionOf, signedIn } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { refusalResponse } from "../responses.ts";

/** `/api/session`: sign in (rule S1), the signed-in user (rule S2), sign out (rule S3). */
export function sessionRoutes(deps: AppDeps): Hono<Env> {
	const { sessions, trust } = deps;
	const cookie = (c: RequestContext) =>
		({ path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(c, trust.trustProxy) }) as const;

	return new Hono<Env>()
		.post(async (c) => {
			const body = await jsonBody(c, SessionSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const address = addressOf(c, deps);
			// A banned user who still has the cookie of that session gets no new one.
			const banned = deps.chat.bans.refusal({ userId: sessionOf(c, sessions)?.user.id, address });
			if (banned) return refusalResponse(c, banned.error);
			if (!hasLoadToken((name) => c.req.header(name), trust.loadToken)) {
				const error = deps.limitSignIns(address);
				if (error) return refusalResponse(c, error);
			}
			const { name } = body.data;
			const worded = wordRefusal(deps.hasBannedWord, "The name", name, "name");
			if (worded) return refusalResponse(c, worded.error);
			const { session, token } = sessions.issue(name);
			const maxAge = Math.ceil((session.expiresAt - deps.clock.now()) / 1_000);
			setCookie(c, SESSION_COOKIE, token, { ...cookie(c), maxAge });
			return c.json({ user: session.user, token } satisfies SessionData, 201);
		})
		.get(signedIn(deps), (c) => c.json({ user: c.get("session").user }))
		.delete(async (c) => {
			const session = sessionOf(c, sessions);
			if (session) {
				await sessions.revoke(session);
				deps.endSession(session);
			}
			deleteCookie(c, SESSION_COOKIE, cookie(c));
			return c.body(null, 204);
		});
}

function isSecure(c: RequestContext, trustProxy: AppDeps["trust"]["trustProxy"]): boolean {
	return isHttps(new URL(c.req.url).protocol === "https:", (name) => c.req.header(name), trustProxy);
}
