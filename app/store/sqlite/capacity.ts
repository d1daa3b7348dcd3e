import type { DatabaseSync } from "node:sqlite";
import type { MeasuredCapacity } from "../../protocol/headroom.ts";
import { CAPACITY_KEY, capacityOf } from "../capacity-setting.ts";

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
