import type { MeasuredCapacity } from "../../protocol/headroom.ts";
import { CAPACITY_KEY, capacityOf } from "../capacity-setting.ts";
import type { Connections } from "./connections.ts";

export async function readCapacity(connections: Connections): Promise<MeasuredCapacity | undefined> {
	const rows = await connections.query<[value: string]>("SELECT value FROM hubbub.chat_settings WHERE key = $1", [
		CAPACITY_KEY,
	]);
	return capacityOf(rows[0]?.[0]);
}

export async function setCapacity(connections: Connections, measured: MeasuredCapacity): Promise<void> {
	await connections.query(
		`INSERT INTO hubbub.chat_settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
		[CAPACITY_KEY, JSON.stringify(measured)],
	);
}
