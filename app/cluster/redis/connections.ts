import { createClient } from "@redis/client";

/** A connection whose ping gets no reply within this time is closed and opened again. */
const REPLY_TIMEOUT_MS = 5_000;
const PING_EVERY_MS = 2_000;
const MIN_RECONNECT_MS = 100;
const MAX_RECONNECT_MS = 3_000;
/** Random part of the wait before a reconnect, so that processes do not reconnect together. */
const RECONNECT_JITTER = 0.25;
/** Time after which every process that can reconnect has done so. */
export const ALL_RECONNECTED_MS = MAX_RECONNECT_MS * (1 + RECONNECT_JITTER);
/** Maximum commands that wait for a reply. More are dropped, so that a slow Redis costs no memory. */
const MAX_WAITING = 20_000;

type Client = ReturnType<typeof clientFor>;
type Receive = (message: string) => void;
export type RedisState = { isConnected: boolean; reason?: string };

/**
 * Two connections to Redis, one for commands and one for subscriptions; each reconnects by itself. While one of them is
 * down, commands fail and are not queued; subscriptions are remembered and restored.
 */
export class RedisConnections {
	readonly #commands: Client;
	readonly #subscriptions: Client;
	readonly #onState: (state: RedisState) => void;
	readonly #channels = new Map<string, Receive>();
	/** The last change of each channel's subscription that is in progress. */
	readonly #changes = new Map<string, Promise<void>>();
	#isConnected = false;
	#attempts = 0;

	/** `onState` is called with each change and its reason. */
	constructor(url: string, onState: (state: RedisState) => void) {
		this.#onState = onState;
		this.#commands = clientFor(url);
		this.#subscriptions = clientFor(url);
		for (const client of [this.#commands, this.#subscriptions]) {
			client.on("error", (error: Error) => this.#disconnected(error.message || String(error)));
			client.on("ready", () => void this.#connected());
		}
	}

	get isConnected(): boolean {
		return this.#isConnected;
	}

	/** Resolves when both are connected. A caller that stops waiting does not stop the attempt. */
	async open(): Promise<void> {
		await Promise.all([this.#commands.connect(), this.#subscriptions.connect()]);
		await this.#connected();
	}

	/** Never waits and never throws. While Redis is unreachable, the message is dropped. */
	publish(channel: string, message: string): void {
		if (this.#isConnected) this.#commands.publish(channel, message).catch(ignore);
	}

	/** Runs a Lua script. */
	run(script: string, keys: string[], args: string[]): Promise<unknown> {
		return this.#commands.eval(script, { keys, arguments: args });
	}

	/** Returns every field of a hash. */
	hash(key: string): Promise<Record<string, string>> {
		return this.#commands.hGetAll(key);
	}

	/** Returns the number of fields of each hash. */
	hashSizes(keys: readonly string[]): Promise<number[]> {
		return Promise.all(keys.map((key) => this.#commands.hLen(key)));
	}

	/** Returns the members of a set. */
	setMembers(key: string): Promise<string[]> {
		return this.#commands.sMembers(key);
	}

	/** Resolves when later messages on the channel are received; while Redis is unreachable, at once. */
	async subscribe(channel: string, receive: Receive): Promise<void> {
		this.#channels.set(channel, receive);
		await this.#updateSubscription(channel);
	}

	unsubscribe(channel: string): void {
		this.#channels.delete(channel);
		this.#updateSubscription(channel).catch(ignore);
	}

	close(): void {
		for (const client of [this.#commands, this.#subscriptions]) if (client.isOpen) client.destroy();
	}

	readonly #dispatch = (message: string, channel: string) => this.#channels.get(channel)?.(message);

	/** Subscribes or unsubscribes a channel. The changes of one channel run one after another, because the client miscounts overlapping ones. */
	async #updateSubscription(channel: string): Promise<void> {
		const before = this.#changes.get(channel) ?? Promise.resolve();
		const change = before.catch(ignore).then(async () => {
			if (!this.#isConnected) return;
			if (this.#channels.has(channel)) await this.#subscriptions.subscribe(channel, this.#dispatch);
			else await this.#subscriptions.unsubscribe(channel, this.#dispatch);
		});
		this.#changes.set(channel, change);
		try {
			await change;
		} finally {
			if (this.#changes.get(channel) === change) this.#changes.delete(channel);
		}
	}

	/**
	 * Called when one of the connections is ready. The state is "connected" once all channels are subscribed. Only the last of
	 * several attempts counts: an earlier one may wait for a reply that was lost with its connection.
	 */
	async #connected(): Promise<void> {
		const areReady = () => this.#commands.isReady && this.#subscriptions.isReady;
		if (this.#isConnected || !areReady()) return;
		const attempt = ++this.#attempts;
		const isLast = () => attempt === this.#attempts;
		try {
			await this.#restoreSubscriptions(isLast);
		} catch {
			return; // The connection broke again. The next "ready" event calls this method again.
		}
		if (this.#isConnected || !isLast() || !areReady()) return;
		this.#isConnected = true;
		this.#onState({ isConnected: true });
	}

	/** Subscribes to exactly the channels in use. The client restores former subscriptions, of which some may have ended since. */
	async #restoreSubscriptions(isLast: () => boolean): Promise<void> {
		await this.#subscriptions.unsubscribe();
		const subscribed = new Set<string>();
		while (isLast()) {
			const missing = [...this.#channels.keys()].filter((channel) => !subscribed.has(channel));
			const obsolete = [...subscribed].filter((channel) => !this.#channels.has(channel));
			if (missing.length === 0 && obsolete.length === 0) return;
			if (missing.length > 0) await this.#subscriptions.subscribe(missing, this.#dispatch);
			if (obsolete.length > 0) await this.#subscriptions.unsubscribe(obsolete, this.#dispatch);
			for (const channel of missing) subscribed.add(channel);
			for (const channel of obsolete) subscribed.delete(channel);
		}
	}

	#disconnected(reason: string): void {
		if (!this.#isConnected) return;
		this.#isConnected = false;
		this.#onState({ isConnected: false, reason });
	}
}

function clientFor(url: string) {
	return createClient({
		url,
		RESP: 2,
		name: "hubbub",
		pingInterval: PING_EVERY_MS,
		commandsQueueMaxLength: MAX_WAITING,
		disableOfflineQueue: true,
		socket: {
			connectTimeout: REPLY_TIMEOUT_MS,
			socketTimeout: REPLY_TIMEOUT_MS,
			reconnectStrategy: (retries) =>
				Math.min(MAX_RECONNECT_MS, MIN_RECONNECT_MS * 2 ** Math.min(retries, 10)) *
				(1 + RECONNECT_JITTER * (2 * Math.random() - 1)),
		},
	});
}

function ignore(): void {}
