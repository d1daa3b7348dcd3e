import { Hono } from "hono";
import * as v from "valibot";
import { ModerationNoteQuerySchema } from "../../protocol/schemas/moderation.ts";
import { RoomSchema } from "../../protocol/schemas/names.ts";
import { InRoomSchema } from "../../protocol/schemas/room.ts";
import { hasAdminToken, hasLoadToken } from "../../request-trust/tokens.ts";
import { parse, refuse } from "../../room/refusals.ts";
import { done, refusal } from "../answers.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly, signedIn, wrongAdminToken } from "../guards.ts";

/** The load harness makes rooms with this prefix and, with the load token, may remove them and no others. */
const LOAD_ROOM_PREFIX = "load-";

const WHICH_MESSAGE = "A message's seq is a whole number from 1 on.";
const MessageParams = v.object({
	room: RoomSchema,
	seq: v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/, WHICH_MESSAGE), v.transform(Number)),
});

/** `/api/rooms`: the list for everyone who is signed in; what is removed, the operator removes. */
export function roomRoutes(deps: AppDeps): Hono<Env> {
	const { chat, trust } = deps;
	return new Hono<Env>()
		.get("/", signedIn(deps), async (c) => {
			const error = deps.limitListing(c.get("session").user.id);
			return error ? refusal(c, error) : c.json({ rooms: await chat.rooms.list() });
		})
		.get("/:room/members", adminOnly(trust), (c) => {
			const which = parse(InRoomSchema, c.req.param());
			return which.ok ? c.json(chat.moderation.membersOf(which.data.room)) : refusal(c, which.error);
		})
		.delete("/:room/messages/:seq", adminOnly(trust), async (c) => {
			const which = parse(MessageParams, c.req.param());
			if (!which.ok) return refusal(c, which.error);
			const account = parse(ModerationNoteQuerySchema, c.req.query());
			if (!account.ok) return refusal(c, account.error);
			return done(c, await chat.messages.remove(which.data.room, which.data.seq, account.data));
		})
		.delete("/:room", async (c) => {
			const header = (name: string) => c.req.header(name);
			const isLoad = hasLoadToken(header, trust.loadToken);
			if (!isLoad && trust.adminToken === undefined) return c.notFound();
			const isAdmin = hasAdminToken(header, trust.adminToken);
			if (!isLoad && !isAdmin) return refusal(c, wrongAdminToken().error);
			const which = parse(InRoomSchema, c.req.param());
			if (!which.ok) return refusal(c, which.error);
			if (!isAdmin && !which.data.room.startsWith(LOAD_ROOM_PREFIX)) {
				const sentence = `The load token removes only rooms whose names begin with "${LOAD_ROOM_PREFIX}".`;
				return refusal(c, refuse("forbidden", sentence, { field: "room" }).error);
			}
			const account = parse(ModerationNoteQuerySchema, c.req.query());
			if (!account.ok) return refusal(c, account.error);
			// The audit log is about what admins do.
			return done(c, await chat.rooms.remove(which.data.room, isAdmin ? account.data : undefined));
		});
}
