import type { Chat } from "../room/chat.ts";
import { InRoomSchema, LogSinceSchema, MessageHistorySchema, MessageSendSchema, RoomJoinSchema } from "../schemas.ts";
import { type Verb, verb } from "./acknowledge.ts";

/** Every event of a client, and the verb of the domain that it is. */
export function verbsOf(chat: Chat): ReadonlyMap<string, Verb> {
	const { members, messages } = chat;
	const aJoin = { reads: 1 };
	/** Twice as long as what a join is answered with, and seldom asked for by many at a time. */
	const aPage = { reads: 4 };
	const isVolatile = { isVolatile: true };
	return new Map([
		[
			"room:join",
			verb(
				RoomJoinSchema,
				async (connection, { room, after }, reply) => {
					reply(await members.join(connection, room, after));
				},
				aJoin,
			),
		],
		["room:leave", verb(InRoomSchema, (connection, { room }, reply) => reply(members.leave(connection, room)))],
		[
			"message:send",
			verb(MessageSendSchema, (connection, message, reply) => messages.send(connection, message, reply)),
		],
		[
			"message:history",
			verb(
				MessageHistorySchema,
				async (connection, page, reply) => {
					reply(await messages.history(connection, page));
				},
				aPage,
			),
		],
		[
			"log:since",
			verb(
				LogSinceSchema,
				async (connection, { room, after }, reply) => {
					reply(await messages.since(connection, room, after));
				},
				aPage,
			),
		],
		[
			"typing:start",
			verb(InRoomSchema, (connection, { room }, reply) => reply(chat.typing(connection, room, true)), isVolatile),
		],
		[
			"typing:stop",
			verb(InRoomSchema, (connection, { room }, reply) => reply(chat.typing(connection, room, false)), isVolatile),
		],
	]);
}
