import { createClient } from "@redis/client";

/** A server that does not answer a ping within this is given up on, and looked for anew. */
const SILENCE_MS = 5_000;
const PING_EVERY_MS = 2_000;
const SHORTEST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;
/** What may wait for an answer. More is dropped, so that a slow Redis costs no memory. */
const MAX_WAITING = 20_000;

type Client = ReturnType<typeof clientFor>;
export type RedisState = { isConnected: boolean; reason?: string };

/** One connection to ask and one to hear on; each is made anew by itself when it breaks. */
export class RedisConnections {
	readonly #asking: Client;
	readonly #hearing: Client;
	readonly #onState: (state: RedisState) => void;
	#isConnected = false;

	/** `onState` is told of each change, and why. */
	constructor(url: string, onState: (state: RedisState) => void) {
		this.#onState = onState;
		this.#asking = clientFor(url);
		this.#hearing = clientFor(url);
		for (const client of [this.#asking, this.#hearing]) {
			client.on("error", (error: Error) => this.#look(error.message || String(error)));
			client.on("ready", () => this.#look());
		}
	}

	get isConnected(): boolean {
		return this.#isConnected;
	}

	/** Resolves when both are there. Goes on by itself after that, and also when nobody waits any more. */
	async open(): Promise<void> {
		await Promise.all([this.#asking.connect(), this.#hearing.connect()]);
	}

	/** Never waits and never fails: what can't be told now is dropped. */
	publish(channel: string, message: string): void {
		if (this.#isConnected) this.#asking.publish(channel, message).catch(ignore);
	}

	run(script: string, keys: string[], args: string[]): Promise<unknown> {
		return this.#asking.eval(script, { keys, arguments: args });
	}

	people(key: string): Promise<Record<string, string>> {
		return this.#asking.hGetAll(key);
	}

	members(key: string): Promise<string[]> {
		return this.#asking.sMembers(key);
	}

	async forget({ processes, process, rooms }: { processes: string; process: string; rooms: string }): Promise<void> {
		await Promise.all([this.#asking.del(rooms), this.#asking.zRem(processes, process)]);
	}

	async removeFrom(key: string, member: string): Promise<void> {
		await this.#asking.sRem(key, member);
	}

	counts(keys: readonly string[]): Promise<number[]> {
		return Promise.all(keys.map((key) => this.#asking.hLen(key)));
	}

	/** While Redis is away it is remembered, and done when it is back. */
	async subscribe(channel: string, listener: (message: string) => void): Promise<void> {
		await this.#hearing.subscribe(channel, listener);
	}

	unsubscribe(channel: string): void {
		this.#hearing.unsubscribe(channel).catch(ignore);
	}

	close(): void {
		for (const client of [this.#asking, this.#hearing]) if (client.isOpen) client.destroy();
	}

	#look(reason?: string): void {
		const isConnected = this.#asking.isReady && this.#hearing.isReady;
		if (isConnected === this.#isConnected) return;
		this.#isConnected = isConnected;
		this.#onState({ isConnected, ...(reason !== undefined && { reason }) });
	}
}

function clientFor(url: string) {
	return createClient({
		url,
		RESP: 2,
		name: "hubbub",
		pingInterval: PING_EVERY_MS,
		commandsQueueMaxLength: MAX_WAITING,
		socket: {
			connectTimeout: SILENCE_MS,
			socketTimeout: SILENCE_MS,
			reconnectStrategy: (retries) =>
				Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** Math.min(retries, 10)) * (0.75 + Math.random() / 2),
		},
	});
}

function ignore(): void {}
