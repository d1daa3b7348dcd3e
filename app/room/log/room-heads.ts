import type { OpenRooms } from "../open-rooms.ts";
import type { Cluster } from "../ports/cluster.ts";
import type { Store } from "../ports/store.ts";
import type { ReconcilerSource } from "../reconciler.ts";

const INTERVAL_MS = 5_000;
/** While the cluster is unreachable every message of another process is lost. */
const DISCONNECTED_INTERVAL_MS = 2_000;
const ROOMS_PER_QUERY = 1_000;

type RoomHeadsDeps = {
	rooms: Pick<OpenRooms, "values" | "get" | "drop" | "startOver">;
	store: Pick<Store, "heads">;
	cluster: Pick<Cluster, "isConnected">;
	onError: (error: unknown, during: string) => void;
};

/**
 * Compares the logs of the open rooms with the store, to which other processes write as well. It fills the gaps that lost
 * cluster messages left, drops the rooms that were removed, and starts those over of which the store has lost entries.
 */
export class RoomHeads implements ReconcilerSource {
	readonly name = "the rooms' heads";
	readonly #deps: RoomHeadsDeps;

	constructor(deps: RoomHeadsDeps) {
		this.#deps = deps;
	}

	intervalMs(): number {
		return this.#deps.cluster.isConnected ? INTERVAL_MS : DISCONNECTED_INTERVAL_MS;
	}

	/** Rejects when the heads can't be read. A room that can't be recovered does not prevent the recovery of the others. */
	async reconcile(): Promise<void> {
		const names = [...this.#deps.rooms.values()].map(({ name }) => name);
		for (let from = 0; from < names.length; from += ROOMS_PER_QUERY)
			await this.#compare(names.slice(from, from + ROOMS_PER_QUERY));
	}

	async #compare(names: readonly string[]): Promise<void> {
		const { rooms, store, onError } = this.#deps;
		// The heads that are read are at least as new as these.
		const compared = names.map((name) => [name, rooms.get(name), rooms.get(name)?.log.tail.seq ?? 0] as const);
		const heads = await store.heads(names);
		for (const [name, room, seq] of compared) {
			// Closed meanwhile. A room that was opened again has read the current log.
			if (!room || rooms.get(name) !== room) continue;
			const head = heads.get(name);
			const { log } = room;
			if (head?.epoch !== log.tail.epoch) rooms.drop(name);
			else if (head.seq < seq) await rooms.startOver(name).catch((error) => onError(error, "starting a room over"));
			else if (head.seq > log.tail.seq) await log.recover(head.seq).catch((error) => onError(error, "filling a gap"));
		}
	}
}
