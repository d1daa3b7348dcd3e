import { randomBytes } from "node:crypto";
import type { Cluster, ClusterEvent, ClusterEventHandler, RoomEvent, RoomPlace } from "../../room/ports/cluster.ts";
import { withTimeout } from "../../with-timeout.ts";
import { ALL_BACK_MS, RedisConnections, type RedisState } from "./connections.ts";
import { Heartbeat } from "./heartbeat.ts";
import { type RedisNames, redisNames } from "./names.ts";
import { RedisPeople } from "./people.ts";
import { decode, encode } from "./wire.ts";

/** So long a start, or a room's first join, waits for Redis; then it goes on without. */
const START_PATIENCE_MS = 3_000;
const FOLLOW_PATIENCE_MS = 1_000;
/** Redis may have lost its memory: the others say again who is where, before it is believed. */
const MEET_AGAIN_MS = ALL_BACK_MS + 1_000;
const PROCESS_NAME_BYTES = 6;

/** Who is told how the cluster fares; for the log. */
export type RedisClusterOptions = {
	/** Told when Redis comes into reach and when it is lost. */
	onState: (state: RedisState) => void;
	/** Told of what another process said and this one could not do. */
	onError: (error: unknown) => void;
};

/** The processes of one chat, each of which tells the others through Redis (or Valkey) what its members are to know. */
export class RedisCluster implements Cluster {
	readonly #self = randomBytes(PROCESS_NAME_BYTES).toString("base64url");
	readonly #names: RedisNames;
	readonly #connections: RedisConnections;
	readonly #people: RedisPeople;
	readonly #heartbeat: Heartbeat;
	readonly #onError: (error: unknown) => void;
	#listener: ClusterEventHandler | undefined;
	#meetAgain: ReturnType<typeof setTimeout> | undefined;

	private constructor(url: string, { onState, onError }: RedisClusterOptions) {
		this.#onError = onError;
		this.#names = redisNames(url);
		this.#connections = new RedisConnections(url, (state) => {
			onState(state);
			if (state.isConnected) this.#connected();
		});
		const parts = { self: this.#self, names: this.#names, connections: this.#connections };
		this.#people = new RedisPeople({ ...parts, listener: () => this.#listener });
		this.#heartbeat = new Heartbeat({ ...parts, people: this.#people });
	}

	/** Begins to connect. Resolves when it is, or after a few seconds: it goes on by itself. */
	static async open(url: string, options: RedisClusterOptions): Promise<RedisCluster> {
		const cluster = new RedisCluster(url, options);
		await withTimeout(cluster.#connections.open(), START_PATIENCE_MS);
		cluster.#heartbeat.start();
		return cluster;
	}

	get isConnected(): boolean {
		return this.#connections.isConnected;
	}

	listen(listener: ClusterEventHandler): void {
		this.#listener = listener;
		const hear = (message: string) => this.#hear(message, (news) => listener.onClusterEvent(news as ClusterEvent));
		this.#connections.subscribe(this.#names.all, hear).catch(() => {});
	}

	async follow(room: string): Promise<void> {
		this.#people.follow(room);
		const subscribed = this.#connections.subscribe(this.#names.room(room), (message) =>
			this.#hear(message, (news, teller) => {
				if (news.kind === "person") this.#people.hear(room, news);
				else this.#listener?.onRoomEvent(room, news as RoomEvent, teller);
			}),
		);
		const isHeard = await withTimeout(
			subscribed.then(() => true),
			this.isConnected ? FOLLOW_PATIENCE_MS : 0,
		);
		// What is told until then is not heard: who is there has to be asked once more.
		if (!isHeard) subscribed.then(() => this.#people.meet(room)).catch(() => {});
	}

	unfollow(room: string): void {
		this.#connections.unsubscribe(this.#names.room(room));
		this.#people.unfollow(room);
	}

	fetchPeople(room: string): Promise<void> {
		return this.#people.meet(room);
	}

	publishToRoom(room: string, news: RoomEvent): void {
		this.#connections.publish(this.#names.room(room), encode(this.#self, Date.now(), news));
	}

	publishToAll(news: ClusterEvent): void {
		this.#connections.publish(this.#names.all, encode(this.#self, Date.now(), news));
	}

	enter(room: string, place: RoomPlace): Promise<boolean> {
		return this.#people.enter(room, place);
	}

	exit(room: string, userId: string): void {
		this.#people.exit(room, userId);
	}

	async counts(rooms: readonly string[]): Promise<number[] | undefined> {
		if (!this.isConnected) return undefined;
		return withTimeout(this.#connections.hashSizes(rooms.map((room) => this.#names.people(room))), FOLLOW_PATIENCE_MS);
	}

	/** Who was here is not said to be gone: they come back elsewhere, or are missed when this process is. */
	async close(): Promise<void> {
		clearTimeout(this.#meetAgain);
		this.#heartbeat.stop();
		this.#connections.close();
	}

	#connected(): void {
		void this.#heartbeat.beat();
		this.#listener?.onReconnected();
		clearTimeout(this.#meetAgain);
		this.#meetAgain = setTimeout(() => {
			this.#people.meetAgain().catch(this.#onError);
		}, MEET_AGAIN_MS);
		this.#meetAgain.unref?.();
	}

	#hear(message: string, handle: (news: NonNullable<ReturnType<typeof decode>>["news"], teller: string) => void): void {
		const heard = decode(message, this.#self);
		if (!heard) return;
		if (heard.sentAt > 0) this.#listener?.onPublishLag(Math.max(0, Date.now() - heard.sentAt));
		try {
			handle(heard.news, heard.teller);
		} catch (error) {
			// During a rolling deploy a newer version may say what this one does not expect.
			this.#onError(error);
		}
	}
}
