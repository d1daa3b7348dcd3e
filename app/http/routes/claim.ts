import { Hono } from "hono";
import { ClaimSchema } from "../../protocol/schemas/people.ts";
import { refuse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly, codeRefusal, signedInStranger } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { ownOriginOf } from "../own-url.ts";
import { dataResponse, refusalResponse } from "../responses.ts";

/** `/api/claim`: the first owner of the chat, by the code of the claim link (rule O1). */
export function claimRoutes(deps: AppDeps): Hono<Env> {
	const { chat, trust } = deps;
	return new Hono<Env>()
		.get(adminOnly(trust), (c) =>
			chat.people.hasOwner
				? refusalResponse(c, refuse("not_found", "The chat has an owner.").error)
				: c.json({ url: `${ownOriginOf(c, trust)}/claim#${deps.claimCode}` }),
		)
		.post(signedInStranger(deps), async (c) => {
			const refused = codeRefusal(c, deps);
			if (refused) return refusalResponse(c, refused);
			const body = await jsonBody(c, ClaimSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			return dataResponse(c, await chat.roles.claim(c.get("session").user, body.data.code));
		});
}
