import { Hono } from "hono";
import { ModerationNoteQuerySchema } from "../../protocol/schemas/moderation.ts";
import { InRoomSchema } from "../../protocol/schemas/room.ts";
import { parse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly } from "../guards.ts";
import { emptyResponse, refusalResponse } from "../responses.ts";

type Deps = Pick<AppDeps, "chat" | "trust">;

/** `/api/closed-rooms`: lists, closes and reopens rooms. In a closed room nobody can write. */
export function closedRoomRoutes({ chat, trust }: Deps): Hono<Env> {
	const methods = { PUT: "closeRoom", DELETE: "reopenRoom" } as const;
	return new Hono<Env>()
		.use(adminOnly(trust))
		.get("/", (c) => c.json({ rooms: chat.moderation.closedRooms() }))
		.on(["PUT", "DELETE"], "/:room", async (c) => {
			const params = parse(InRoomSchema, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			const note = parse(ModerationNoteQuerySchema, c.req.query());
			if (!note.ok) return refusalResponse(c, note.error);
			const method = methods[c.req.method as keyof typeof methods];
			return emptyResponse(c, await chat.moderation[method](params.data.room, note.data));
		});
}
