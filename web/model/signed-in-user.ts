import type { User } from "../../app/protocol/session.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import { loadUploads } from "./files/load-uploads.ts";
import type { LocalStorage } from "./local-storage.ts";
import { Outbox } from "./outbox.ts";
import type { PendingStore } from "./pending.ts";
import { createRoomStorage } from "./room-storage.ts";
import { JoinedRooms, type JoinedRoomsOptions } from "./rooms.ts";

export type SignedInUserOptions = {
	user: User;
	connection: ServerConnection;
	storage: LocalStorage;
	pendingStore: PendingStore;
	/** Called when the cookie belongs to another user: the new connection must not send this user's messages. */
	onReplaced(): void;
	/** Calls the listener when the page is hidden or visible again. */
	onHiddenChange(listener: () => void): () => void;
} & Pick<JoinedRoomsOptions, "listOwn" | "onRemoved">;

/** The rooms and the outbox of the signed-in user. */
export type SignedInUser = {
	rooms: JoinedRooms;
	/** Makes the removals that could still be undone. */
	releaseRemovals(): void;
	close(): void;
};

export function createSignedInUser(options: SignedInUserOptions): SignedInUser {
	const { user, connection, storage, pendingStore, onReplaced, onHiddenChange } = options;
	const roomStorage = createRoomStorage(storage, user.id);
	// Added first, so that it runs before rooms and outbox send anything.
	const stopChecking = connection.onConnect(() => roomStorage.isOutdated() && onReplaced());
	const outbox = new Outbox({
		user,
		store: pendingStore,
		send: ({ event, payload }, onAck) => void connection.request(event, payload, { onAck }),
		cursorOf: (room) => rooms.cursorOf(room),
		onStored: (room, clientId, seq) => rooms.stored(room, clientId, seq),
		onNotMember: (room) => rooms.rejoin(room),
		onMissing: (room, seq) => rooms.missing(room, seq),
	});
	const rooms: JoinedRooms = new JoinedRooms({
		...options,
		me: user,
		outbox,
		storage: roomStorage,
	});
	loadUploads(outbox, connection.status);
	outbox.restore();
	const releaseRemovals = () => outbox.changes.releaseAll();
	const stopReleasing = onHiddenChange(releaseRemovals);
	const stopRestoring = connection.onConnect(() => outbox.restore());
	return {
		rooms,
		releaseRemovals,
		close() {
			stopChecking();
			stopRestoring();
			stopReleasing();
			rooms.close();
			outbox.close();
		},
	};
}
