import { Hono } from "hono";
import type { CreatedInvitation } from "../../protocol/people.ts";
import { InvitationParams, InvitationSchema, RedeemSchema } from "../../protocol/schemas/people.ts";
import { accept, parse, refuse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { acting, banRefusal, codeRefusal, newNameRefusal, sessionOf } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { ownOriginOf } from "../own-url.ts";
import { createdResponse, dataResponse, emptyResponse, refusalResponse } from "../responses.ts";
import { setSessionCookie } from "../session-cookie.ts";

/** `/api/invitations`: created, listed and revoked by owners and moderators; redeemed by strangers (rules I1 to I4). */
export function invitationRoutes(deps: AppDeps): Hono<Env> {
	const { chat, sessions, trust } = deps;
	return new Hono<Env>()
		.get("/", acting(deps), async (c) => dataResponse(c, await chat.invitations.list(c.get("actor"))))
		.post("/", acting(deps), async (c) => {
			const body = await jsonBody(c, InvitationSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const created = await chat.invitations.create(c.get("actor"), body.data);
			if (!created.ok) return refusalResponse(c, created.error);
			const url = `${ownOriginOf(c, trust)}/#invite=${created.data.code}`;
			return createdResponse(c, accept({ ...created.data, url } satisfies CreatedInvitation));
		})
		.delete("/:id", acting(deps), async (c) => {
			const params = parse(InvitationParams, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			return emptyResponse(c, await chat.invitations.revoke(c.get("actor"), params.data.id));
		})
		.post("/redeem", async (c) => {
			const known = sessionOf(c, sessions);
			const refused = banRefusal(c, deps, known?.user.id) ?? codeRefusal(c, deps);
			if (refused) return refusalResponse(c, refused);
			const body = await jsonBody(c, RedeemSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const { code, name } = body.data;
			if (known) return dataResponse(c, await chat.invitations.redeem(known.user, code));
			if (name === undefined)
				return refusalResponse(c, refuse("bad_request", 'The field "name" is missing.', { field: "name" }).error);
			const refusedName = newNameRefusal(name, deps);
			if (refusedName) return refusalResponse(c, refusedName);
			const { session, token } = sessions.issue(name);
			const redeemed = await chat.invitations.redeem(session.user, code);
			if (!redeemed.ok) return refusalResponse(c, redeemed.error);
			setSessionCookie(c, session, token, deps);
			return c.json({ user: chat.people.userOf(session.user), token, ...redeemed.data }, 201);
		});
}
