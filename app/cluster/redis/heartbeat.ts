import { performance } from "node:perf_hooks";
import type { RedisConnections } from "./connections.ts";
import type { RedisNames } from "./names.ts";
import type { RedisPeople } from "./people.ts";
import { BEAT } from "./scripts.ts";

const BEAT_EVERY_MS = 2_000;
/** A process that was silent for so long is dead: who was there is gone, unless they came back elsewhere. */
const DEAD_AFTER_MS = 10_000;
/** A process whose last answer is so old was away itself: it can't tell who was silent from who was away with it. */
const AWAY_AFTER_MS = 3 * BEAT_EVERY_MS;

type HeartbeatDeps = {
	self: string;
	connections: RedisConnections;
	names: RedisNames;
	people: RedisPeople;
};

/** Tells the others that this process is alive, and clears up after those that are not. */
export class Heartbeat {
	readonly #deps: HeartbeatDeps;
	#timer: ReturnType<typeof setInterval> | undefined;
	#answeredAt = Number.NEGATIVE_INFINITY;
	#steadySince = 0;

	constructor(deps: HeartbeatDeps) {
		this.#deps = deps;
	}

	start(): void {
		this.#timer = setInterval(() => void this.beat(), BEAT_EVERY_MS);
		this.#timer.unref?.();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	/** Never rejects: the next one does what this one could not. */
	async beat(): Promise<void> {
		const { self, connections, names, people } = this.#deps;
		if (!connections.isConnected) return;
		const now = performance.now();
		if (now - this.#answeredAt > AWAY_AFTER_MS) this.#steadySince = now;
		const mayBury = now - this.#steadySince >= DEAD_AFTER_MS;
		try {
			const args = [self, String(DEAD_AFTER_MS), mayBury ? "1" : "0"];
			const [isForgotten, ...dead] = (await connections.run(BEAT, [names.processes], args)) as [number, ...string[]];
			this.#answeredAt = now;
			await people.meetMissing();
			// Forgotten: Redis has lost its memory, or this process was silent for so long that it was taken for dead.
			await people.settle(isForgotten === 1);
			for (const process of dead) await people.bury(process);
		} catch {
			// Redis went away in this moment, or can't write.
		}
	}
}
