import { createClient } from "@redis/client";

/** A server that does not answer a ping within this is given up on, and looked for anew. */
const SILENCE_MS = 5_000;
const PING_EVERY_MS = 2_000;
const SHORTEST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;
/** Each process waits a little differently: by so much at the most. */
const WAIT_SPREAD = 0.25;
/** After this, whoever can be is in reach again. */
export const ALL_BACK_MS = LONGEST_WAIT_MS * (1 + WAIT_SPREAD);
/** What may wait for an answer. More is dropped, so that a slow Redis costs no memory. */
const MAX_WAITING = 20_000;

type Client = ReturnType<typeof clientFor>;
type Hear = (message: string) => void;
export type RedisState = { isConnected: boolean; reason?: string };

/**
 * One connection to ask and one to hear on; each is made anew by itself when it breaks. While one of them is missing
 * nothing is kept for later: what was asked for fails, and what is to be heard is known here.
 */
export class RedisConnections {
	readonly #asking: Client;
	readonly #hearing: Client;
	readonly #onState: (state: RedisState) => void;
	readonly #channels = new Map<string, Hear>();
	/** Channels that Redis is being asked about. */
	readonly #turns = new Map<string, Promise<void>>();
	#isConnected = false;
	#attempts = 0;

	/** `onState` is told of each change, and why. */
	constructor(url: string, onState: (state: RedisState) => void) {
		this.#onState = onState;
		this.#asking = clientFor(url);
		this.#hearing = clientFor(url);
		for (const client of [this.#asking, this.#hearing]) {
			client.on("error", (error: Error) => this.#lost(error.message || String(error)));
			client.on("ready", () => void this.#found());
		}
	}

	get isConnected(): boolean {
		return this.#isConnected;
	}

	/** Resolves when both are there. It goes on by itself when nobody waits any more. */
	async open(): Promise<void> {
		await Promise.all([this.#asking.connect(), this.#hearing.connect()]);
		await this.#found();
	}

	/** Never waits and never fails: what can't be told now is dropped. */
	publish(channel: string, message: string): void {
		if (this.#isConnected) this.#asking.publish(channel, message).catch(ignore);
	}

	/** Carries out a script. */
	run(script: string, keys: string[], args: string[]): Promise<unknown> {
		return this.#asking.eval(script, { keys, arguments: args });
	}

	/** Every field of a hash. */
	hash(key: string): Promise<Record<string, string>> {
		return this.#asking.hGetAll(key);
	}

	/** How many fields each hash has. */
	hashSizes(keys: readonly string[]): Promise<number[]> {
		return Promise.all(keys.map((key) => this.#asking.hLen(key)));
	}

	/** What is in a set. */
	setMembers(key: string): Promise<string[]> {
		return this.#asking.sMembers(key);
	}

	/** Resolves when what is said on the channel from now on is heard; while Redis is away, at once. */
	async subscribe(channel: string, hear: Hear): Promise<void> {
		this.#channels.set(channel, hear);
		await this.#adjust(channel);
	}

	unsubscribe(channel: string): void {
		this.#channels.delete(channel);
		this.#adjust(channel).catch(ignore);
	}

	close(): void {
		for (const client of [this.#asking, this.#hearing]) if (client.isOpen) client.destroy();
	}

	readonly #dispatch = (message: string, channel: string) => this.#channels.get(channel)?.(message);

	/** Hears a channel, or does so no more: one after the other, for the client loses count of those that cross. */
	async #adjust(channel: string): Promise<void> {
		const before = this.#turns.get(channel) ?? Promise.resolve();
		const turn = before.catch(ignore).then(async () => {
			if (!this.#isConnected) return;
			if (this.#channels.has(channel)) await this.#hearing.subscribe(channel, this.#dispatch);
			else await this.#hearing.unsubscribe(channel, this.#dispatch);
		});
		this.#turns.set(channel, turn);
		try {
			await turn;
		} finally {
			if (this.#turns.get(channel) === turn) this.#turns.delete(channel);
		}
	}

	/**
	 * Both may be there again. They count as connected once all channels are heard. Of several attempts the last one counts:
	 * what an earlier one waits for may have been lost with a line.
	 */
	async #found(): Promise<void> {
		const areReady = () => this.#asking.isReady && this.#hearing.isReady;
		if (this.#isConnected || !areReady()) return;
		const attempt = ++this.#attempts;
		const isLast = () => attempt === this.#attempts;
		try {
			await this.#onClusterEvent(isLast);
		} catch {
			return; // it broke again; the next one that is ready comes here again
		}
		if (this.#isConnected || !isLast() || !areReady()) return;
		this.#isConnected = true;
		this.#onState({ isConnected: true });
	}

	/** The client has subscribed again to what it knew; some of it may have been let go of meanwhile. */
	async #onClusterEvent(isLast: () => boolean): Promise<void> {
		await this.#hearing.unsubscribe();
		const heard = new Set<string>();
		while (isLast()) {
			const missed = [...this.#channels.keys()].filter((channel) => !heard.has(channel));
			const leftOver = [...heard].filter((channel) => !this.#channels.has(channel));
			if (missed.length === 0 && leftOver.length === 0) return;
			if (missed.length > 0) await this.#hearing.subscribe(missed, this.#dispatch);
			if (leftOver.length > 0) await this.#hearing.unsubscribe(leftOver, this.#dispatch);
			for (const channel of missed) heard.add(channel);
			for (const channel of leftOver) heard.delete(channel);
		}
	}

	#lost(reason: string): void {
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
			connectTimeout: SILENCE_MS,
			socketTimeout: SILENCE_MS,
			reconnectStrategy: (retries) =>
				Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** Math.min(retries, 10)) *
				(1 + WAIT_SPREAD * (2 * Math.random() - 1)),
		},
	});
}

function ignore(): void {}
