import { Hono } from "hono";
import { ModerationNoteQuerySchema } from "../../protocol/schemas/moderation.ts";
import { InRoomSchema } from "../../protocol/schemas/room.ts";
import { parse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { acting } from "../guards.ts";
import { dataResponse, emptyResponse, refusalResponse } from "../responses.ts";

/** `/api/closed-rooms`: lists, closes and reopens rooms. In a closed room nobody can write (rules A5, A7). */
export function closedRoomRoutes(deps: AppDeps): Hono<Env> {
	const { moderators } = deps.chat;
	const methods = { PUT: "closeRoom", DELETE: "reopenRoom" } as const;
	return new Hono<Env>()
		.use(acting(deps))
		.get("/", (c) => dataResponse(c, moderators.closedRooms(c.get("actor"))))
		.on(["PUT", "DELETE"], "/:room", async (c) => {
			const params = parse(InRoomSchema, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			const note = parse(ModerationNoteQuerySchema, c.req.query());
			if (!note.ok) return refusalResponse(c, note.error);
			const method = methods[c.req.method as keyof typeof methods];
			return emptyResponse(c, await moderators[method](c.get("actor"), params.data.room, note.data));
		});
}
