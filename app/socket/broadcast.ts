import type { ServerToClientEvents } from "../protocol/events.ts";
import type { Broadcast, ConnectionInfo, ToRoomOptions } from "../room/ports/broadcast.ts";
import type { Disconnect, DisconnectTarget } from "../room/ports/disconnect.ts";
import type { Metrics } from "../room/ports/metrics.ts";
import type { ChatServer, ChatSocket } from "./connection.ts";
import type { Disconnector } from "./disconnect.ts";

type EventName = keyof ServerToClientEvents;
type Emitter = { emit(event: EventName, payload: unknown): boolean };

/** Returns the Socket.IO room of a chat room. The prefix keeps it apart from the room that every socket has under its id. */
function channelOf(room: string): string {
	return `room:${room}`;
}

/** Implements {@link Broadcast} with Socket.IO's rooms: one emit per room. */
export class SocketBroadcast implements Broadcast {
	readonly #io: ChatServer;
	readonly #disconnector: Pick<Disconnector, "socket">;
	readonly #metrics: Pick<Metrics, "delivered">;

	constructor(io: ChatServer, disconnector: Pick<Disconnector, "socket">, metrics: Pick<Metrics, "delivered">) {
		this.#io = io;
		this.#disconnector = disconnector;
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
			const receivers = this.#io.sockets.adapter.rooms.get(channel)?.size ?? 0;
			this.#metrics.delivered(receivers * payload.entries.length);
		}
	};

	toConnection: Broadcast["toConnection"] = (connectionId, event, payload) => {
		(this.#io.to(connectionId) as Emitter).emit(event, payload);
	};

	toAll: Broadcast["toAll"] = (event, payload) => {
		(this.#io as Emitter).emit(event, payload);
	};

	disconnect(target: DisconnectTarget, disconnect: Disconnect): void {
		for (const socket of this.#socketsOf(target)) this.#disconnector.socket(socket, disconnect);
	}

	connections(): ConnectionInfo[] {
		return [...this.#io.sockets.sockets.values()].flatMap(infoOf);
	}

	connectionsIn(room: string): ConnectionInfo[] {
		const { adapter, sockets } = this.#io.sockets;
		return [...(adapter.rooms.get(channelOf(room)) ?? [])].flatMap((id) => infoOf(sockets.get(id)));
	}

	#socketsOf(target: DisconnectTarget): ChatSocket[] {
		const { adapter, sockets } = this.#io.sockets;
		if ("connection" in target) return present([sockets.get(target.connection)]);
		if ("room" in target)
			return present([...(adapter.rooms.get(channelOf(target.room)) ?? [])].map((id) => sockets.get(id)));
		return [...sockets.values()].filter(({ data }) => {
			if ("session" in target) return data.connection.sessionId === target.session;
			if ("user" in target) return data.connection.user.id === target.user;
			return data.address === target.address;
		});
	}
}

function present(sockets: readonly (ChatSocket | undefined)[]): ChatSocket[] {
	return sockets.filter((socket) => socket !== undefined);
}

function infoOf(socket: ChatSocket | undefined): ConnectionInfo[] {
	return socket ? [{ connection: socket.data.connection, address: socket.data.address }] : [];
}
