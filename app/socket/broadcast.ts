import type { ServerToClientEvents } from "../protocol/events.ts";
import type { Broadcast, ConnectionInfo, ToRoomOptions } from "../room/ports/broadcast.ts";
import type { Disconnect, DisconnectTarget } from "../room/ports/disconnect.ts";
import type { Metrics } from "../room/ports/metrics.ts";
import type { ChatServer, ChatSocket } from "./connection.ts";
import { disconnectSocket } from "./disconnect.ts";

type EventName = keyof ServerToClientEvents;
type Emitter = { emit(event: EventName, payload: unknown): boolean };

/** A chat room's name could be a socket's id, which is a Socket.IO room as well. */
function channelOf(room: string): string {
	return `room:${room}`;
}

type BroadcastMetrics = Pick<Metrics, "delivered"> & {
	/** Called for each connection that the server ends. */
	disconnected(disconnect: Disconnect): void;
};

/** The `Broadcast` port on Socket.IO's rooms: one emit a room, and the only place that knows who is in it. */
export class SocketBroadcast implements Broadcast {
	readonly #io: ChatServer;
	readonly #metrics: BroadcastMetrics;

	constructor(io: ChatServer, metrics: BroadcastMetrics) {
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

	disconnect(target: DisconnectTarget, disconnect: Disconnect): void {
		for (const socket of this.#socketsOf(target)) {
			disconnectSocket(socket, disconnect);
			this.#metrics.disconnected(disconnect);
		}
	}

	connections(): ConnectionInfo[] {
		return [...this.#io.sockets.sockets.values()].flatMap(locate);
	}

	connectionsIn(room: string): ConnectionInfo[] {
		const { adapter, sockets } = this.#io.sockets;
		return [...(adapter.rooms.get(channelOf(room)) ?? [])].flatMap((id) => locate(sockets.get(id)));
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

function locate(socket: ChatSocket | undefined): ConnectionInfo[] {
	return socket ? [{ connection: socket.data.connection, address: socket.data.address }] : [];
}
