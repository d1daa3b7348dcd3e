/** Private and direct rooms, for the parts of the page that are loaded on use. Each function returns why it was refused. */
import type { RoomCreatePayload, RoomSettings } from "../../app/protocol/private-room.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { ChatModel } from "./chat-model.ts";

type Chat = Pick<ChatModel, "request" | "rooms">;

/** Creates a private room and switches to it. A repetition with the same `clientId` finds the first room. */
export async function createPrivateRoom(
	{ request, rooms }: Chat,
	room: Omit<RoomCreatePayload, "kind">,
): Promise<Refusal | undefined> {
	const created = await request("room:create", { ...room, kind: "private" });
	return created.ok ? rooms.join(created.data.room) : created.error;
}

/** Switches to the conversation with a user, which is created if it does not exist yet. */
export async function openDirect({ request, rooms }: Chat, userId: string): Promise<Refusal | undefined> {
	const opened = await request("direct:open", { users: [userId] });
	return opened.ok ? rooms.join(opened.data.room) : opened.error;
}

/** Changes the settings of a private room. */
export async function updateRoom(
	{ request }: Pick<Chat, "request">,
	room: string,
	changes: Partial<RoomSettings>,
): Promise<Refusal | undefined> {
	if (Object.keys(changes).length === 0) return undefined;
	const ack = await request("room:update", { room, ...changes });
	return ack.ok ? undefined : ack.error;
}
