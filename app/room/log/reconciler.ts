import type { OpenRooms } from "../open-rooms.ts";
import type { Clock } from "../ports/clock.ts";
import type { Cluster } from "../ports/cluster.ts";
import type { Store } from "../ports/store.ts";

/** What nobody told is found out at the latest after this long; sooner where that has to be expected. */
const SWEEP_MS = 5_000;
const SWEEP_AWAY_MS = 2_000;
/** So many rooms are asked about at once. */
const ROOMS_A_QUERY = 1_000;

type ReconcilerDeps = {
	rooms: OpenRooms;
	store: Pick<Store, "heads">;
	cluster: Pick<Cluster, "isConnected">;
	clock: Pick<Clock, "after">;
	onError: (error: unknown) => void;
};

/**
 * Compares the rooms that are open here with the store, which other processes write to as well: what they told may have
 * been lost on its way. Every hole closes, whoever was away.
 */
export class Reconciler {
	readonly #deps: ReconcilerDeps;
	#cancel: (() => void) | undefined;
	#isSweeping = false;

	constructor(deps: ReconcilerDeps) {
		this.#deps = deps;
	}

	start(): void {
		const { clock, cluster } = this.#deps;
		this.#cancel = clock.after(cluster.isConnected ? SWEEP_MS : SWEEP_AWAY_MS, () => {
			void this.sweep().finally(() => {
				if (this.#cancel) this.start();
			});
		});
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}

	/** Never rejects: what can't be done now is done the next time. */
	async sweep(): Promise<void> {
		if (this.#isSweeping) return;
		this.#isSweeping = true;
		try {
			const names = [...this.#deps.rooms.values()].map(({ name }) => name);
			for (let from = 0; from < names.length; from += ROOMS_A_QUERY)
				await this.#compare(names.slice(from, from + ROOMS_A_QUERY));
		} catch (error) {
			this.#deps.onError(error);
		} finally {
			this.#isSweeping = false;
		}
	}

	async #compare(names: readonly string[]): Promise<void> {
		const { rooms, store, onError } = this.#deps;
		const known = new Map(names.map((name) => [name, rooms.get(name)]));
		const heads = await store.heads(names);
		for (const [name, room] of known) {
			// One that was let go of meanwhile, and perhaps opened anew, was read anew.
			if (!room || rooms.get(name) !== room) continue;
			const head = heads.get(name);
			if (head?.epoch !== room.tail.epoch) rooms.drop(name);
			else if (head.seq > room.tail.seq) await rooms.heal(name, head.seq).catch(onError);
		}
	}
}
