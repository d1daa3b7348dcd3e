import type { ServerToClientEvents } from "../protocol.ts";
import type { Broadcast, Located } from "../room/ports/ports.ts";

type EventName = keyof ServerToClientEvents;
type Emitted = { to: string; event: EventName; payload: unknown; except: readonly string[] };

/** Remembers what the domain tells whom, for tests of the domain alone; the socket suites have the real one. */
export class RecordingBroadcast implements Broadcast {
	readonly emitted: Emitted[] = [];
	readonly cut: string[] = [];

	/** What was emitted since the last call. */
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
	subscribe(): void {}
	unsubscribe(): void {}
	cutRoom(room: string): void {
		this.cut.push(room);
	}
	disconnectSession(): void {}
	disconnectUser(userId: string): void {
		this.cut.push(`user ${userId}`);
	}
	disconnectAddress(address: string): void {
		this.cut.push(`address ${address}`);
	}
	cutConnection(connectionId: string): void {
		this.cut.push(`connection ${connectionId}`);
	}
	connections(): Located[] {
		return [];
	}
	connectionsIn(): Located[] {
		return [];
	}
}
