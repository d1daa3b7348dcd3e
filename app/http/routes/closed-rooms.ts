import { Hono } from "hono";
import { ModerationNoteQuerySchema } from "../../protocol/schemas/moderation.ts";
import { InRoomSchema } from "../../protocol/schemas/room.ts";
import { parse } from "../../room/refusals.ts";
import { done, refusal } from "../answers.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly } from "../guards.ts";

type Deps = Pick<AppDeps, "chat" | "trust">;

/** `/api/closed-rooms`: those in which nobody can write. */
export function closedRoomRoutes({ chat, trust }: Deps): Hono<Env> {
	const acts = { PUT: "closeRoom", DELETE: "reopenRoom" } as const;
	return new Hono<Env>()
		.use(adminOnly(trust))
		.get("/", (c) => c.json({ rooms: chat.moderation.closedRooms() }))
		.on(["PUT", "DELETE"], "/:room", async (c) => {
			const which = parse(InRoomSchema, c.req.param());
			if (!which.ok) return refusal(c, which.error);
			const account = parse(ModerationNoteQuerySchema, c.req.query());
			if (!account.ok) return refusal(c, account.error);
			const act = acts[c.req.method as keyof typeof acts];
			return done(c, await chat.moderation[act](which.data.room, account.data));
		});
}
