import type { ServerToClientEvents } from "../../protocol/events.ts";
import type { User } from "../../protocol/session.ts";
import type { Disconnect, DisconnectTarget } from "./disconnect.ts";

/** A client's connection, as the domain knows it: it belongs to one user and may be in several rooms. */
export interface Connection {
	readonly id: string;
	/** Replaced when the user gets another name. */
	user: User;
	readonly sessionId: string;
	/** Whether the client has the load token and comes in regardless of the access. */
	readonly hasLoadToken?: boolean;
}

/** A connection with the address that the limits count it by, or "unknown". */
export type ConnectionInfo = { connection: Connection; address: string };

type EventName = keyof ServerToClientEvents;
type PayloadOf<E extends EventName> = Parameters<ServerToClientEvents[E]>[0];

export type ToRoomOptions = {
	/** Connections that do not receive it. */
	except?: readonly string[];
	/** Whether it may be dropped for a client that is not reading at the moment. */
	volatile?: boolean;
};

/** Delivers events to connections. The only place that knows which connections are subscribed to a room. */
export interface Broadcast {
	/** The connection receives the room's events until {@link unsubscribe} or until it closes. */
	subscribe(connectionId: string, room: string): void;
	unsubscribe(connectionId: string, room: string): void;
	/** Emits to every connection that is subscribed to the room: one emit. */
	toRoom<E extends EventName>(room: string, event: E, payload: PayloadOf<E>, options?: ToRoomOptions): void;
	toConnection<E extends EventName>(connectionId: string, event: E, payload: PayloadOf<E>): void;
	/** Emits to every connected socket. */
	toAll<E extends EventName>(event: E, payload: PayloadOf<E>): void;
	/** Disconnects every connection of `target` as `disconnect` says. */
	disconnect(target: DisconnectTarget, disconnect: Disconnect): void;
	/** Returns every connection of this process. */
	connections(): ConnectionInfo[];
	/** Returns the connections that are subscribed to a room. */
	connectionsIn(room: string): ConnectionInfo[];
}
