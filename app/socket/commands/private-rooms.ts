import {
	DirectOpenSchema,
	MemberAddSchema,
	MemberRemoveSchema,
	RoomCreateSchema,
	RoomUpdateSchema,
} from "../../protocol/schemas/private-room.ts";
import { InRoomSchema } from "../../protocol/schemas/room.ts";
import type { Chat } from "../../room/chat.ts";
import { command } from "./command.ts";

export function privateRoomCommands({ privateRooms }: Pick<Chat, "privateRooms">) {
	return {
		"room:create": command(RoomCreateSchema, (connection, room) => privateRooms.create(connection, room)),
		"room:update": command(RoomUpdateSchema, (connection, update) => privateRooms.update(connection, update)),
		"room:members": command(InRoomSchema, (connection, { room }) => privateRooms.members(connection, room), {
			reads: 1,
		}),
		"direct:open": command(DirectOpenSchema, (connection, direct) => privateRooms.openDirect(connection, direct), {
			reads: 1,
		}),
		"member:add": command(MemberAddSchema, (connection, member) => privateRooms.addMember(connection, member)),
		"member:remove": command(MemberRemoveSchema, (connection, member) => privateRooms.removeMember(connection, member)),
	};
}
