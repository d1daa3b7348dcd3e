import { randomBytes } from "node:crypto";
import type { Cluster, ClusterEvent, ClusterEventHandler, RoomEvent, RoomPlace } from "../../room/ports/cluster.ts";
import { withTimeout } from "../../with-timeout.ts";
import { ALL_RECONNECTED_MS, RedisConnections, type RedisState } from "./connections.ts";
import { Heartbeat } from "./heartbeat.ts";
import { type RedisNames, redisNames } from "./names.ts";
import { RedisPeople } from "./people.ts";
import { decode, encode } from "./wire.ts";

/** Time that a start, or a room's first join, waits for Redis; then it continues without. */
const START_TIMEOUT_MS = 3_000;
const FOLLOW_TIMEOUT_MS = 1_000;
/** After a reconnect Redis may have lost its data. The other processes write theirs again before it is read. */
const FETCH_AGAIN_MS = ALL_RECONNECTED_MS + 1_000;
const PROCESS_NAME_BYTES = 6;

/** Callbacks for the log. */
export type RedisClusterOptions = {
	/** Called when Redis becomes reachable and when it is lost. */
	onState: (state: RedisState) => void;
	/** Called when a message of another process could not be handled. */
	onError: (error: unknown) => void;
};

/** The processes of one chat, which publish to each other through Redis or Valkey. */
export class RedisCluster implements Cluster {
	readonly #self = randomBytes(PROCESS_NAME_BYTES).toString("base64url");
	readonly #names: RedisNames;
	readonly #connections: RedisConnections;
	readonly #people: RedisPeople;
	readonly #heartbeat: Heartbeat;
	readonly #onError: (error: unknown) => void;
	#handler: ClusterEventHandler | undefined;
	#fetchAgain: ReturnType<typeof setTimeout> | undefined;

	private constructor(url: string, chatId: string, { onState, onError }: RedisClusterOptions) {
		this.#onError = onError;
		this.#names = redisNames(url, chatId);
		this.#connections = new RedisConnections(url, (state) => {
			onState(state);
			if (state.isConnected) this.#connected();
		});
		const parts = { self: this.#self, names: this.#names, connections: this.#connections };
		this.#people = new RedisPeople({ ...parts, handler: () => this.#handler });
		this.#heartbeat = new Heartbeat({ ...parts, people: this.#people });
	}

	/**
	 * Connects to the processes of the chat `chatId`. Resolves when it is connected, or after a few seconds; the attempt
	 * continues by itself.
	 */
	static async open(url: string, chatId: string, options: RedisClusterOptions): Promise<RedisCluster> {
		const cluster = new RedisCluster(url, chatId, options);
		await withTimeout(cluster.#connections.open(), START_TIMEOUT_MS);
		cluster.#heartbeat.start();
		return cluster;
	}

	get isConnected(): boolean {
		return this.#connections.isConnected;
	}

	listen(handler: ClusterEventHandler): void {
		this.#handler = handler;
		const receive = (message: string) =>
			this.#receive(message, (event) => handler.onClusterEvent(event as ClusterEvent));
		this.#connections.subscribe(this.#names.all, receive).catch(() => {});
	}

	async follow(room: string): Promise<void> {
		this.#people.follow(room);
		const subscribed = this.#connections.subscribe(this.#names.room(room), (message) =>
			this.#receive(message, (event, sender) => {
				if (event.kind === "person") this.#people.receive(room, event);
				else this.#handler?.onRoomEvent(room, event as RoomEvent, sender);
			}),
		);
		const isSubscribed = await withTimeout(
			subscribed.then(() => true),
			this.isConnected ? FOLLOW_TIMEOUT_MS : 0,
		);
		// Events until then are missed, so the people are fetched once more.
		if (!isSubscribed) subscribed.then(() => this.#people.fetchPeople(room)).catch(() => {});
	}

	unfollow(room: string): void {
		this.#connections.unsubscribe(this.#names.room(room));
		this.#people.unfollow(room);
	}

	fetchPeople(room: string): Promise<void> {
		return this.#people.fetchPeople(room);
	}

	publishToRoom(room: string, event: RoomEvent): void {
		this.#connections.publish(this.#names.room(room), encode(this.#self, Date.now(), event));
	}

	publishToAll(event: ClusterEvent): void {
		this.#connections.publish(this.#names.all, encode(this.#self, Date.now(), event));
	}

	enter(room: string, place: RoomPlace): Promise<boolean> {
		return this.#people.enter(room, place);
	}

	exit(room: string, userId: string): void {
		this.#people.exit(room, userId);
	}

	async counts(rooms: readonly string[]): Promise<number[] | undefined> {
		if (!this.isConnected) return undefined;
		return withTimeout(this.#connections.hashSizes(rooms.map((room) => this.#names.people(room))), FOLLOW_TIMEOUT_MS);
	}

	/** Publishes no leaves: the people reconnect to other processes, or are removed together with this process. */
	async close(): Promise<void> {
		clearTimeout(this.#fetchAgain);
		this.#heartbeat.stop();
		this.#connections.close();
	}

	#connected(): void {
		void this.#heartbeat.beat();
		this.#handler?.onReconnected();
		clearTimeout(this.#fetchAgain);
		this.#fetchAgain = setTimeout(() => {
			this.#people.fetchAgain().catch(this.#onError);
		}, FETCH_AGAIN_MS);
		this.#fetchAgain.unref?.();
	}

	#receive(
		message: string,
		handle: (event: NonNullable<ReturnType<typeof decode>>["event"], sender: string) => void,
	): void {
		const decoded = decode(message, this.#self);
		if (!decoded) return;
		if (decoded.sentAt > 0) this.#handler?.onPublishLag(Math.max(0, Date.now() - decoded.sentAt));
		try {
			handle(decoded.event, decoded.sender);
		} catch (error) {
			// During a rolling deployment a newer version may send what this one does not expect.
			this.#onError(error);
		}
	}
}
