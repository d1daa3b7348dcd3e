import type { Connections } from "./connections.ts";

const MARK = `
	INSERT INTO hubbub.meta (key, value) VALUES ('pinged_at', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

/** Resolves when a write is durable. */
export async function ping(connections: Connections): Promise<void> {
	await connections.query(MARK, [String(Date.now())]);
}
