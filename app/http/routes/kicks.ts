import { Hono } from "hono";
import { KickSchema } from "../../protocol/schemas/moderation.ts";
import type { AppDeps, Env } from "../deps.ts";
import { acting } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { createdResponse, refusalResponse } from "../responses.ts";

/** `/api/kicks`: removes a user from a room or the chat for some minutes (rules A3, A7). */
export function kickRoute(deps: AppDeps): Hono<Env> {
	return new Hono<Env>().post(acting(deps), async (c) => {
		const body = await jsonBody(c, KickSchema);
		if (!body.ok) return refusalResponse(c, body.error);
		const { user, room, minutes, ...note } = body.data;
		return createdResponse(c, await deps.chat.moderators.kick(c.get("actor"), user, { room, minutes }, note));
	});
}
