import type { User } from "../protocol/session.ts";
import type { ActiveModeration } from "./moderation/active-moderation.ts";
import type { Moderation } from "./moderation/moderation.ts";
import type { NewMembers } from "./new-members.ts";
import type { OpenRooms } from "./open-rooms.ts";
import type { Broadcast } from "./ports/broadcast.ts";
import type { ClusterEvent, ClusterEventHandler, RoomEvent } from "./ports/cluster.ts";
import type { Metrics } from "./ports/metrics.ts";
import type { ReadMarks } from "./read-marks/read-marks.ts";
import type { Reconciler, ReconcilerSource } from "./reconciler.ts";

type ClusterEventsDeps = {
	rooms: OpenRooms;
	reconciler: Pick<Reconciler, "runNow">;
	broadcast: Pick<Broadcast, "toAll">;
	activeModeration: Pick<ActiveModeration, "apply">;
	moderation: Pick<Moderation, "banLocalAddresses">;
	readMarks: Pick<ReadMarks, "receive" | "enteredElsewhere">;
	/** The roles and the access, and the changes of users. */
	people: readonly ReconcilerSource[];
	newMembers: Pick<NewMembers, "receive">;
	metrics: Pick<Metrics, "publishLag">;
	onError: (error: unknown, during: string) => void;
	/** Called when another process revoked a session. */
	onSessionRevoked: (sessionId: string) => void;
};

/** Applies in this process what other processes publish. */
export class ClusterEvents implements ClusterEventHandler {
	readonly #deps: ClusterEventsDeps;

	constructor(deps: ClusterEventsDeps) {
		this.#deps = deps;
	}

	onRoomEvent(name: string, event: RoomEvent, sender: string): void {
		const { rooms, readMarks } = this.#deps;
		const room = rooms.get(name);
		if (event.kind === "appended") rooms.receive(name, event.entries);
		else if (event.kind === "typing") room?.typing.setElsewhere(sender, event.users);
		else if (event.kind === "read" && room) readMarks.receive(room, event.user, event.moved);
	}

	onClusterEvent(event: ClusterEvent): void {
		const {
			rooms,
			reconciler,
			broadcast,
			activeModeration,
			moderation,
			people,
			newMembers,
			onSessionRevoked,
			onError,
		} = this.#deps;
		switch (event.kind) {
			case "notice":
				broadcast.toAll("server:notice", { text: event.text, createdAt: event.createdAt });
				return;
			case "room_removed":
				rooms.drop(event.room);
				return;
			case "session_revoked":
				onSessionRevoked(event.sessionId);
				return;
			case "room_added":
				newMembers.receive(event.room, event.users);
				return;
			case "people_changed":
				reconciler.runNow(people);
				return;
			case "ordered":
				activeModeration.apply(event.order);
				moderation.banLocalAddresses(event.order).catch((error) => onError(error, "banning addresses"));
		}
	}

	onPersonEvent(name: string, user: User, isElsewhere: boolean): void {
		const room = this.#deps.rooms.get(name);
		room?.presence.setElsewhere(user, isElsewhere);
		if (room && isElsewhere) this.#deps.readMarks.enteredElsewhere(room, user.id);
	}

	onPeople(room: string, users: User[]): void {
		this.#deps.rooms.get(room)?.presence.setAllElsewhere(users);
	}

	onPublishLag(ms: number): void {
		this.#deps.metrics.publishLag(ms);
	}

	onReconnected(): void {
		this.#deps.reconciler.runNow();
	}
}
