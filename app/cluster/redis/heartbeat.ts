import { performance } from "node:perf_hooks";
import type { RedisConnections } from "./connections.ts";
import type { RedisNames } from "./names.ts";
import type { RedisPeople } from "./people.ts";
import { HEARTBEAT } from "./scripts.ts";

const HEARTBEAT_MS = 2_000;
/** A process without a heartbeat for this long is dead: its people are removed, unless they reconnected elsewhere. */
const DEAD_AFTER_MS = 10_000;
/** A process whose own last heartbeat is this old was disconnected, and can't distinguish dead processes from disconnected ones. */
const DISCONNECTED_AFTER_MS = 3 * HEARTBEAT_MS;

type HeartbeatDeps = {
	self: string;
	connections: RedisConnections;
	names: RedisNames;
	people: RedisPeople;
};

/** Sends this process' heartbeat, and removes the people of dead processes. */
export class Heartbeat {
	readonly #deps: HeartbeatDeps;
	#timer: ReturnType<typeof setInterval> | undefined;
	#lastBeatAt = Number.NEGATIVE_INFINITY;
	#connectedSince = 0;

	constructor(deps: HeartbeatDeps) {
		this.#deps = deps;
	}

	start(): void {
		this.#timer = setInterval(() => void this.beat(), HEARTBEAT_MS);
		this.#timer.unref?.();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	/** Never rejects: the next heartbeat repeats what this one could not do. */
	async beat(): Promise<void> {
		const { self, connections, names, people } = this.#deps;
		if (!connections.isConnected) return;
		const now = performance.now();
		if (now - this.#lastBeatAt > DISCONNECTED_AFTER_MS) this.#connectedSince = now;
		const mayRemoveDead = now - this.#connectedSince >= DEAD_AFTER_MS;
		try {
			const args = [self, String(DEAD_AFTER_MS), mayRemoveDead ? "1" : "0"];
			const [isUnknown, ...dead] = (await connections.run(HEARTBEAT, [names.processes], args)) as [number, ...string[]];
			this.#lastBeatAt = now;
			await people.fetchMissing();
			// Unknown to Redis: its data was lost, or this process was taken for dead.
			await people.reconcile(isUnknown === 1);
			for (const process of dead) await people.removeProcess(process);
		} catch {
			// Redis became unreachable, or can't write.
		}
	}
}
