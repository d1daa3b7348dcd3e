import type { MeasuredCapacity } from "../../protocol/headroom.ts";
import type { CapacityStore } from "../../room/ports/capacity.ts";
import { CAPACITY_KEY, capacityOf } from "../capacity-setting.ts";
import type { Connections } from "./connections.ts";

type Run = <T>(work: (connections: Connections) => Promise<T>) => Promise<T>;

/** The capacity in a PostgreSQL store, which runs the calls. */
export function capacityStore(run: Run): CapacityStore {
	return {
		read: () => run(readCapacity),
		write: (measured) => run((connections) => setCapacity(connections, measured)),
	};
}

async function readCapacity(connections: Connections): Promise<MeasuredCapacity | undefined> {
	const rows = await connections.query<[value: string]>("SELECT value FROM hubbub.chat_settings WHERE key = $1", [
		CAPACITY_KEY,
	]);
	return capacityOf(rows[0]?.[0]);
}

async function setCapacity(connections: Connections, measured: MeasuredCapacity): Promise<void> {
	await connections.query(
		`INSERT INTO hubbub.chat_settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
		[CAPACITY_KEY, JSON.stringify(measured)],
	);
}
