import type { DatabaseSync } from "node:sqlite";
import type { MeasuredCapacity } from "../../protocol/headroom.ts";
import type { CapacityStore } from "../../room/ports/capacity.ts";
import { CAPACITY_KEY, capacityOf } from "../capacity-setting.ts";
import type { StorageThread } from "./storage-thread.ts";
import type { WriterCalls } from "./writer.ts";

/** The writer thread's calls for the measured capacity. */
export function capacityCalls(db: DatabaseSync) {
	const read = db.prepare("SELECT value FROM chat_settings WHERE key = ?");
	const write = db.prepare(
		"INSERT INTO chat_settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	);
	return {
		capacity: () => capacityOf(read.get(CAPACITY_KEY)?.value as string | undefined),
		setCapacity: (measured: MeasuredCapacity): void => void write.run(CAPACITY_KEY, JSON.stringify(measured)),
	};
}

/** The capacity in a SQLite store. All calls run on the writer thread. */
export function capacityStore(writer: StorageThread<WriterCalls>): CapacityStore {
	return {
		read: () => writer.call("capacity", []),
		write: (measured) => writer.call("setCapacity", [measured]),
	};
}
