import type { RedisConnections } from "./connections.ts";
import type { RedisNames } from "./names.ts";
import type { RedisPeople } from "./people.ts";
import { BEAT } from "./scripts.ts";

const BEAT_EVERY_MS = 2_000;
/** A process that was silent for so long is dead: who was there is gone, unless they came back elsewhere. */
export const DEAD_AFTER_MS = 10_000;

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
		try {
			const answer = await connections.run(BEAT, [names.processes], [self, String(DEAD_AFTER_MS)]);
			const [isNew, ...dead] = answer as [number, ...string[]];
			// Redis has lost its memory, or this process was silent for so long that it was taken for dead.
			if (isNew === 1) await people.enterAgain();
			for (const process of dead) await people.bury(process);
		} catch {
			// Redis went away in this moment; the connections say so.
		}
	}
}
