import type { ServerToClientEvents } from "../protocol/events.ts";
import type { Broadcast, ConnectionInfo } from "../room/ports/broadcast.ts";
import type { Disconnect, DisconnectTarget } from "../room/ports/disconnect.ts";

type EventName = keyof ServerToClientEvents;
type Emitted = { to: string; event: EventName; payload: unknown; except: readonly string[] };

/** A broadcast that records what the domain emits, for tests of the domain alone; the socket suites have the real one. */
export class RecordingBroadcast implements Broadcast {
	readonly emitted: Emitted[] = [];
	/** Such as `room lobby: room_removed`. */
	readonly disconnected: string[] = [];
	/** Subscriptions, as "connection room". */
	readonly subscribed = new Set<string>();
	/** The connections of this process, which the test sets. */
	readonly connected: ConnectionInfo[] = [];

	/** Returns what was emitted since the last call. */
	take(): Emitted[] {
		return this.emitted.splice(0);
	}

	toRoom: Broadcast["toRoom"] = (room, event, payload, { except = [] } = {}) => {
		this.emitted.push({ to: `room ${room}`, event, payload, except });
	};
	toConnection: Broadcast["toConnection"] = (id, event, payload) => {
		this.emitted.push({ to: id, event, payload, except: [] });
	};
	toAll: Broadcast["toAll"] = (event, payload) => {
		this.emitted.push({ to: "everyone", event, payload, except: [] });
	};
	subscribe(id: string, room: string): void {
		this.subscribed.add(`${id} ${room}`);
	}
	unsubscribe(id: string, room: string): void {
		this.subscribed.delete(`${id} ${room}`);
	}
	disconnect(target: DisconnectTarget, { reason }: Disconnect): void {
		const [[kind, id]] = Object.entries(target) as [[string, string]];
		this.disconnected.push(`${kind} ${id}: ${reason}`);
	}
	connections(): ConnectionInfo[] {
		return this.connected;
	}
	connectionsIn(room: string): ConnectionInfo[] {
		return this.connected.filter(({ connection }) => this.subscribed.has(`${connection.id} ${room}`));
	}
}
