import { MAX_JOINS } from "../../protocol/limits.ts";
import { InRoomSchema, RoomJoinSchema, RoomsJoinSchema } from "../../protocol/schemas/room.ts";
import type { Chat } from "../../room/chat.ts";
import { parse } from "../../room/refusals.ts";
import { command } from "./command.ts";

export function roomCommands({ members }: Pick<Chat, "members">) {
	return {
		"room:join": command(RoomJoinSchema, (connection, { room, after }) => members.join(connection, room, after), {
			reads: 1,
		}),
		"rooms:join": command(
			RoomsJoinSchema,
			(connection, { rooms }) =>
				members.rejoin(
					connection,
					rooms.map((each) => parse(RoomJoinSchema, each)),
				),
			{ reads: readsOfJoins },
		),
		"room:leave": command(InRoomSchema, (connection, { room }) => members.leave(connection, room)),
	};
}

function readsOfJoins(payload: unknown): number {
	const { rooms } = Object(payload) as { rooms?: unknown };
	return Array.isArray(rooms) ? Math.min(rooms.length, MAX_JOINS) : 0;
}
