import { MessageHistorySchema, MessageSendSchema } from "../protocol/schemas/message.ts";
import { InRoomSchema, LogSinceSchema, RoomJoinSchema } from "../protocol/schemas/room.ts";
import type { Chat } from "../room/chat.ts";
import { type Command, command } from "./acknowledge.ts";

/** Every event of a client, and the verb of the domain that it is. */
export function commandsOf(chat: Chat): ReadonlyMap<string, Command> {
	const { members, messages } = chat;
	const aJoin = { reads: 1 };
	/** Twice as long as what a join is answered with, and seldom asked for by many at a time. */
	const aPage = { reads: 4 };
	const isVolatile = { isVolatile: true };
	return new Map([
		[
			"room:join",
			command(
				RoomJoinSchema,
				async (connection, { room, after }, reply) => {
					reply(await members.join(connection, room, after));
				},
				aJoin,
			),
		],
		["room:leave", command(InRoomSchema, (connection, { room }, reply) => reply(members.leave(connection, room)))],
		[
			"message:send",
			command(MessageSendSchema, (connection, message, reply) => messages.send(connection, message, reply)),
		],
		[
			"message:history",
			command(
				MessageHistorySchema,
				async (connection, page, reply) => {
					reply(await chat.history.messages(connection, page));
				},
				aPage,
			),
		],
		[
			"log:since",
			command(
				LogSinceSchema,
				async (connection, { room, after }, reply) => {
					reply(await chat.history.since(connection, room, after));
				},
				aPage,
			),
		],
		[
			"typing:start",
			command(InRoomSchema, (connection, { room }, reply) => reply(chat.typing(connection, room, true)), isVolatile),
		],
		[
			"typing:stop",
			command(InRoomSchema, (connection, { room }, reply) => reply(chat.typing(connection, room, false)), isVolatile),
		],
	]);
}
