import { Hono } from "hono";
import * as v from "valibot";
import { ModerationNoteQuerySchema } from "../../protocol/schemas/moderation.ts";
import { RoomSchema } from "../../protocol/schemas/names.ts";
import { InRoomSchema } from "../../protocol/schemas/room.ts";
import { hasAdminToken, hasLoadToken } from "../../request-trust/tokens.ts";
import { parse, refuse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly, signedIn, wrongAdminToken } from "../guards.ts";
import { emptyResponse, refusalResponse } from "../responses.ts";

/** The load harness creates rooms with this prefix. With the load token it may remove these rooms and no others. */
const LOAD_ROOM_PREFIX = "load-";

const SEQ_SENTENCE = "A message's seq is a whole number from 1 on.";
const MessageParams = v.object({
	room: RoomSchema,
	seq: v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/, SEQ_SENTENCE), v.transform(Number)),
});

/** `/api/rooms`: the list for signed-in users; members, removals and pins for admins. */
export function roomRoutes(deps: AppDeps): Hono<Env> {
	const { chat, trust } = deps;
	return new Hono<Env>()
		.get("/", signedIn(deps), async (c) => {
			const { id } = c.get("session").user;
			const error = deps.limitListing(id);
			if (error) return refusalResponse(c, error);
			const isOwn = c.req.query("own") !== undefined;
			return c.json({ rooms: await (isOwn ? chat.rooms.listOwn(id) : chat.rooms.list(id)) });
		})
		.get("/:room/members", adminOnly(trust), (c) => {
			const params = parse(InRoomSchema, c.req.param());
			return params.ok ? c.json(chat.moderation.membersOf(params.data.room)) : refusalResponse(c, params.error);
		})
		.delete("/:room/messages/:seq", adminOnly(trust), async (c) => {
			const params = parse(MessageParams, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			const note = parse(ModerationNoteQuerySchema, c.req.query());
			if (!note.ok) return refusalResponse(c, note.error);
			return emptyResponse(c, await chat.adminAppends.remove(params.data.room, params.data.seq, note.data));
		})
		.on(["PUT", "DELETE"], "/:room/pins/:seq", adminOnly(trust), async (c) => {
			const params = parse(MessageParams, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			const note = parse(ModerationNoteQuerySchema, c.req.query());
			if (!note.ok) return refusalResponse(c, note.error);
			const { room, seq } = params.data;
			return emptyResponse(c, await chat.adminAppends.setPin(room, seq, c.req.method === "PUT", note.data));
		})
		.delete("/:room", async (c) => {
			const header = (name: string) => c.req.header(name);
			const isLoad = hasLoadToken(header, trust.loadToken);
			if (!isLoad && trust.adminToken === undefined) return c.notFound();
			const isAdmin = hasAdminToken(header, trust.adminToken);
			if (!isLoad && !isAdmin) return refusalResponse(c, wrongAdminToken().error);
			const params = parse(InRoomSchema, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			if (!isAdmin && !params.data.room.startsWith(LOAD_ROOM_PREFIX)) {
				const sentence = `The load token removes only rooms whose names begin with "${LOAD_ROOM_PREFIX}".`;
				return refusalResponse(c, refuse("forbidden", sentence, { field: "room" }).error);
			}
			const note = parse(ModerationNoteQuerySchema, c.req.query());
			if (!note.ok) return refusalResponse(c, note.error);
			// The audit log has the actions of admins only.
			return emptyResponse(c, await chat.rooms.remove(params.data.room, isAdmin ? note.data : undefined));
		});
}
