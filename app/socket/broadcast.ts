import type { ServerToClientEvents } from "../protocol.ts";
import type { Broadcast, Located, Metrics, ToRoomOptions } from "../room/ports/ports.ts";
import type { ChatServer, ChatSocket, SocketData } from "./connection.ts";
import { cutLineOf } from "./engine/terminate.ts";

type EventName = keyof ServerToClientEvents;
type Emitter = { emit(event: EventName, payload: unknown): boolean };

/** A chat room's name could be a socket's id, which is a Socket.IO room as well. */
function channelOf(room: string): string {
	return `room:${room}`;
}

type FanOutMetrics = Pick<Metrics, "delivered"> & {
	/** Told of each connection that is cut. */
	cut(reason: "room_removed" | "session_ended" | "kicked" | "banned"): void;
};

/** The `Broadcast` port on Socket.IO's rooms: one emit a room, and the only place that knows who is in it. */
export class FanOut implements Broadcast {
	readonly #io: ChatServer;
	readonly #metrics: FanOutMetrics;

	constructor(io: ChatServer, metrics: FanOutMetrics) {
		this.#io = io;
		this.#metrics = metrics;
	}

	subscribe(connectionId: string, room: string): void {
		this.#io.sockets.sockets.get(connectionId)?.join(channelOf(room));
	}

	unsubscribe(connectionId: string, room: string): void {
		this.#io.sockets.sockets.get(connectionId)?.leave(channelOf(room));
	}

	toRoom: Broadcast["toRoom"] = (room, event, payload, { except = [], volatile = false }: ToRoomOptions = {}) => {
		const channel = channelOf(room);
		let target = this.#io.to(channel);
		if (except.length > 0) target = target.except([...except]);
		if (volatile) target = target.volatile;
		(target as Emitter).emit(event, payload);
		if ("entries" in payload) {
			const listeners = this.#io.sockets.adapter.rooms.get(channel)?.size ?? 0;
			this.#metrics.delivered(listeners * payload.entries.length);
		}
	};

	toConnection: Broadcast["toConnection"] = (connectionId, event, payload) => {
		(this.#io.to(connectionId) as Emitter).emit(event, payload);
	};

	toAll: Broadcast["toAll"] = (event, payload) => {
		(this.#io as Emitter).emit(event, payload);
	};

	cutRoom(room: string): void {
		for (const id of this.#io.sockets.adapter.rooms.get(channelOf(room)) ?? []) {
			// The transport and not the socket: a client whose socket is disconnected stays away for good.
			this.#io.sockets.sockets.get(id)?.conn.close();
			this.#metrics.cut("room_removed");
		}
	}

	disconnectSession(sessionId: string): void {
		this.#disconnect("session_ended", ({ connection }) => connection.sessionId === sessionId);
	}

	disconnectUser(userId: string): void {
		this.#disconnect("banned", ({ connection }) => connection.user.id === userId);
	}

	disconnectAddress(address: string): void {
		this.#disconnect("banned", (data) => data.address === address);
	}

	cutConnection(connectionId: string): void {
		const socket = this.#io.sockets.sockets.get(connectionId);
		if (!socket) return;
		// At once, for it must not hear the room any more.
		cutLineOf(socket);
		this.#metrics.cut("kicked");
	}

	connections(): Located[] {
		return [...this.#io.sockets.sockets.values()].flatMap(locate);
	}

	connectionsIn(room: string): Located[] {
		const { adapter, sockets } = this.#io.sockets;
		return [...(adapter.rooms.get(channelOf(room)) ?? [])].flatMap((id) => locate(sockets.get(id)));
	}

	#disconnect(reason: "session_ended" | "banned", isMeant: (data: SocketData) => boolean): void {
		for (const socket of this.#io.sockets.sockets.values()) {
			if (!isMeant(socket.data)) continue;
			socket.disconnect(true);
			this.#metrics.cut(reason);
		}
	}
}

function locate(socket: ChatSocket | undefined): Located[] {
	return socket ? [{ connection: socket.data.connection, address: socket.data.address }] : [];
}
