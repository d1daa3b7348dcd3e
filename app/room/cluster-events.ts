import type { User } from "../protocol/session.ts";
import type { Reconciler } from "./log/reconciler.ts";
import type { ActiveModeration } from "./moderation/active-moderation.ts";
import type { Moderation } from "./moderation/moderation.ts";
import type { OpenRooms } from "./open-rooms.ts";
import type { Broadcast } from "./ports/broadcast.ts";
import type { ClusterEvent, ClusterEventHandler, RoomEvent } from "./ports/cluster.ts";
import type { Metrics } from "./ports/metrics.ts";

type ClusterEventsDeps = {
	rooms: OpenRooms;
	healing: Pick<Reconciler, "sweep">;
	broadcast: Broadcast;
	orders: Pick<ActiveModeration, "carryOut">;
	moderation: Pick<Moderation, "heard">;
	metrics: Pick<Metrics, "publishLag">;
	onError: (error: unknown) => void;
	/** Told of sessions that ended in another process. */
	onSessionRevoked: (sessionId: string, expiresAt: number) => void;
	/** Told when the others are heard again after a while. */
	onRestored: () => void;
};

/** Does here what other processes tell of. */
export class ClusterEvents implements ClusterEventHandler {
	readonly #deps: ClusterEventsDeps;

	constructor(deps: ClusterEventsDeps) {
		this.#deps = deps;
	}

	onRoomEvent(name: string, news: RoomEvent, teller: string): void {
		const { rooms } = this.#deps;
		if (news.kind === "appended") rooms.hear(name, news.entries);
		else if (news.kind === "typing") rooms.get(name)?.typing.hear(teller, news.users);
	}

	onClusterEvent(news: ClusterEvent): void {
		const { rooms, broadcast, orders, moderation, onSessionRevoked, onError } = this.#deps;
		switch (news.kind) {
			case "notice":
				broadcast.toAll("server:notice", { text: news.text, createdAt: news.createdAt });
				return;
			case "room_removed":
				rooms.drop(news.room);
				return;
			case "session_revoked":
				onSessionRevoked(news.sessionId, news.expiresAt);
				return;
			case "ordered":
				orders.carryOut(news.order);
				moderation.heard(news.order).catch(onError);
		}
	}

	onPersonEvent(room: string, user: User, isElsewhere: boolean): void {
		this.#deps.rooms.get(room)?.presence.hear(user, isElsewhere);
	}

	onPeople(room: string, users: User[]): void {
		this.#deps.rooms.get(room)?.presence.onPeople(users);
	}

	publishLag(ms: number): void {
		this.#deps.metrics.publishLag(ms);
	}

	onReconnected(): void {
		void this.#deps.healing.sweep();
		this.#deps.onRestored();
	}
}
