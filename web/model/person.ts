import type { User } from "../../app/protocol/session.ts";
import type { Connection } from "../connection/connection.ts";
import type { Locate } from "./location.ts";
import type { Memory } from "./memory.ts";
import { Outbox } from "./outbox.ts";
import type { PendingStore } from "./pending.ts";
import { createRoomMemory } from "./room-memory.ts";
import { JoinedRooms } from "./rooms.ts";

export type PersonOptions = {
	user: User;
	connection: Connection;
	memory: Memory;
	pendingStore: PendingStore;
	locate: Locate;
	/** The cookie is somebody else's by now: nothing may be said in this person's name on the new line. */
	onReplaced(): void;
};

/** What belongs to the signed-in person: their rooms, and what they wrote that is not stored yet. */
export type Person = { rooms: JoinedRooms; close(): void };

export function createPerson(options: PersonOptions): Person {
	const { user, connection, memory, pendingStore, locate, onReplaced } = options;
	const roomMemory = createRoomMemory(memory, user.id);
	// Listens first, so that neither rooms nor outbox have spoken by then.
	const stopChecking = connection.onUp(() => roomMemory.isOutdated() && onReplaced());
	const outbox = new Outbox({
		user,
		store: pendingStore,
		send: (payload, answered) => connection.request("message:send", payload, { answered }),
		cursorOf: (room) => rooms.cursorOf(room),
		onStored: (room, clientId, seq) => rooms.stored(room, clientId, seq),
		onStranger: (room) => rooms.rejoin(room),
	});
	const rooms: JoinedRooms = new JoinedRooms({
		me: user,
		connection,
		outbox,
		memory: roomMemory,
		locate,
	});
	outbox.restore();
	const stopRestoring = connection.onUp(() => outbox.restore());
	return {
		rooms,
		close() {
			stopChecking();
			stopRestoring();
			rooms.close();
			outbox.close();
		},
	};
}
