import type { Cluster, ClusterEvent, ClusterEventHandler, RoomEvent, RoomPlace } from "../room/ports/cluster.ts";

/** Remembers what the domain tells the other processes, for tests of the domain alone; there are none. */
export class RecordingCluster implements Cluster {
	readonly told: (RoomEvent | ClusterEvent)[] = [];
	/** Places that are taken in rooms, as "room user". */
	readonly places = new Set<string>();
	/** Looks that somebody has elsewhere. */
	readonly takenElsewhere = new Set<string>();
	readonly followed = new Set<string>();
	readonly isConnected = true;
	listener: ClusterEventHandler | undefined;

	listen(listener: ClusterEventHandler): void {
		this.listener = listener;
	}
	async follow(room: string): Promise<void> {
		this.followed.add(room);
	}
	async fetchPeople(): Promise<void> {}
	unfollow(room: string): void {
		this.followed.delete(room);
	}
	publishToRoom(_room: string, news: RoomEvent): void {
		this.told.push(news);
	}
	publishToAll(news: ClusterEvent): void {
		this.told.push(news);
	}
	async enter(room: string, { user, skeletons }: RoomPlace): Promise<boolean> {
		if (skeletons.some((look) => this.takenElsewhere.has(look))) return false;
		this.places.add(`${room} ${user.id}`);
		return true;
	}
	exit(room: string, userId: string): void {
		this.places.delete(`${room} ${userId}`);
	}
	async counts(): Promise<undefined> {}
	async close(): Promise<void> {}
}
