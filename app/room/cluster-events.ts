import type { User } from "../protocol.ts";
import type { Healing } from "./log/reconciler.ts";
import type { Orders } from "./moderation/active-moderation.ts";
import type { Moderation } from "./moderation/moderation.ts";
import type { OpenRooms } from "./open-rooms.ts";
import type { ChatNews, ClusterListener, RoomNews } from "./ports/cluster.ts";
import type { Broadcast, Metrics } from "./ports/ports.ts";

type HearingDeps = {
	rooms: OpenRooms;
	healing: Pick<Healing, "sweep">;
	broadcast: Broadcast;
	orders: Pick<Orders, "carryOut">;
	moderation: Pick<Moderation, "heard">;
	metrics: Pick<Metrics, "lagged">;
	onError: (error: unknown) => void;
	/** Told of sessions that ended in another process. */
	onSessionRevoked: (sessionId: string, expiresAt: number) => void;
	/** Told when the others are heard again after a while. */
	onRestored: () => void;
};

/** Does here what other processes tell of. */
export class Hearing implements ClusterListener {
	readonly #deps: HearingDeps;

	constructor(deps: HearingDeps) {
		this.#deps = deps;
	}

	hearRoom(name: string, news: RoomNews, teller: string): void {
		const { rooms } = this.#deps;
		if (news.kind === "appended") rooms.hear(name, news.entries);
		else if (news.kind === "typing") rooms.get(name)?.typing.hear(teller, news.users);
	}

	hearAll(news: ChatNews): void {
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

	hearPerson(room: string, user: User, isElsewhere: boolean): void {
		this.#deps.rooms.get(room)?.presence.hear(user, isElsewhere);
	}

	hearPeople(room: string, users: User[]): void {
		this.#deps.rooms.get(room)?.presence.hearPeople(users);
	}

	lagged(ms: number): void {
		this.#deps.metrics.lagged(ms);
	}

	restored(): void {
		void this.#deps.healing.sweep();
		this.#deps.onRestored();
	}
}
