import type { Cluster, ClusterEvent, ClusterEventHandler, RoomEvent, RoomPlace } from "../room/ports/cluster.ts";

/** A cluster without other processes that records what the domain publishes, for tests of the domain alone. */
export class RecordingCluster implements Cluster {
	readonly published: (RoomEvent | ClusterEvent)[] = [];
	/** Taken places, as "room user". */
	readonly places = new Set<string>();
	/** Skeletons of names on other processes. */
	readonly takenElsewhere = new Set<string>();
	readonly followed = new Set<string>();
	readonly isConnected = true;
	handler: ClusterEventHandler | undefined;

	listen(handler: ClusterEventHandler): void {
		this.handler = handler;
	}
	async follow(room: string): Promise<void> {
		this.followed.add(room);
	}
	async fetchPeople(): Promise<void> {}
	unfollow(room: string): void {
		this.followed.delete(room);
		for (const place of this.places) if (place.startsWith(`${room} `)) this.places.delete(place);
	}
	publishToRoom(_room: string, event: RoomEvent): void {
		this.published.push(event);
	}
	publishToAll(event: ClusterEvent): void {
		this.published.push(event);
	}
	async enter(room: string, { user, skeletons }: RoomPlace): Promise<boolean> {
		if (skeletons.some((skeleton) => this.takenElsewhere.has(skeleton))) return false;
		this.places.add(`${room} ${user.id}`);
		return true;
	}
	exit(room: string, userId: string): void {
		this.places.delete(`${room} ${userId}`);
	}
	async counts(): Promise<undefined> {}
	async close(): Promise<void> {}
}
