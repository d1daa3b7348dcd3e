import { Hono } from "hono";
import type { SessionInfo } from "../../protocol/people.ts";
import { SessionSchema } from "../../protocol/schemas/names.ts";
import type { SessionData } from "../../protocol/session.ts";
import { hasLoadToken } from "../../request-trust/tokens.ts";
import type { AppDeps, Env } from "../deps.ts";
import { addressOf, banRefusal, newNameRefusal, sessionOf, visitorOf } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { refusalResponse } from "../responses.ts";
import { deleteSessionCookie, setSessionCookie } from "../session-cookie.ts";

/** `/api/session`: sign in (rule S1), the signed-in user (rule S2), another name (rule K8), sign out (rule S3). */
export function sessionRoutes(deps: AppDeps): Hono<Env> {
	const { chat, sessions, trust } = deps;
	return new Hono<Env>()
		.post(async (c) => {
			const body = await jsonBody(c, SessionSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const address = addressOf(c, deps);
			// A banned user who still has the cookie of that session gets no new one.
			const banned = banRefusal(c, deps);
			if (banned) return refusalResponse(c, banned);
			if (!hasLoadToken((name) => c.req.header(name), trust.loadToken)) {
				const error = deps.limitSignIns(address);
				if (error) return refusalResponse(c, error);
			}
			const { name } = body.data;
			const refused = newNameRefusal(name, deps);
			if (refused) return refusalResponse(c, refused);
			const { session, token } = sessions.issue(name);
			setSessionCookie(c, session, token, deps);
			return c.json({ user: session.user, token } satisfies SessionData, 201);
		})
		.get((c) => {
			const { access } = chat.people;
			const visitor = visitorOf(c, deps);
			if (!visitor.ok) return refusalResponse(c, visitor.error);
			return c.json({ user: chat.people.userOf(visitor.data.user), access } satisfies SessionInfo);
		})
		.put(async (c) => {
			const visitor = visitorOf(c, deps);
			if (!visitor.ok) return refusalResponse(c, visitor.error);
			const session = visitor.data;
			const body = await jsonBody(c, SessionSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const limited = deps.limitSignIns(addressOf(c, deps));
			if (limited) return refusalResponse(c, limited);
			const renamed = await chat.changedUsers.rename(session.user, body.data.name);
			if (!renamed.ok) return refusalResponse(c, renamed.error);
			const token = sessions.renamed(session, renamed.data.name);
			setSessionCookie(c, session, token, deps);
			return c.json({ user: chat.people.userOf(renamed.data), token } satisfies SessionData);
		})
		.delete(async (c) => {
			const session = sessionOf(c, sessions);
			if (session) {
				await sessions.revoke(session);
				deps.endSession(session);
			}
			deleteSessionCookie(c, deps);
			return c.body(null, 204);
		});
}
