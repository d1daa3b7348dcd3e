import { Hono } from "hono";
import { KickSchema } from "../../protocol/schemas/moderation.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { createdResponse, refusalResponse } from "../responses.ts";

/** `/api/kicks`: removes a user from a room or the chat for some minutes. */
export function kickRoute({ chat, trust }: Pick<AppDeps, "chat" | "trust">): Hono<Env> {
	return new Hono<Env>().post(adminOnly(trust), async (c) => {
		const body = await jsonBody(c, KickSchema);
		if (!body.ok) return refusalResponse(c, body.error);
		const { user, room, minutes, ...note } = body.data;
		return createdResponse(c, await chat.moderation.kick(user, { room, minutes }, note));
	});
}
