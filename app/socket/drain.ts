import type { ChatServer } from "./connection.ts";

/** Clients come back over at least this long, and a millisecond more for each, so that they do not come all at once. */
const MIN_RETURN_MS = 1_000;
const MAX_RETURN_MS = 15_000;

/** Tells every client that this process is about to end, and when to come back (rule D1). */
export function announceDrain(io: ChatServer): void {
	const retryAfterMs = Math.min(MAX_RETURN_MS, MIN_RETURN_MS + io.engine.clientsCount);
	io.emit("server:draining", { retryAfterMs });
}

/**
 * Closes every line once what is queued on it is written. The transports are closed and not the sockets: to a client,
 * a socket that the server disconnects is a goodbye, after which it stays away.
 */
export async function closeLines(io: ChatServer, deadlineMs: number): Promise<void> {
	const { engine } = io;
	const closed = new Promise<void>((resolve) => {
		const check = () => (engine.clientsCount === 0 ? resolve() : undefined);
		for (const client of clientsOf(io)) {
			client.once("close", () => setImmediate(check));
			client.close();
		}
		check();
	});
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, deadlineMs);
	});
	await Promise.race([closed, late]);
	clearTimeout(timer);
	engine.close();
}

type EngineClient = { once(event: "close", listener: () => void): void; close(): void };

/** Engine.IO keeps its clients by id; the type calls that protected. */
function clientsOf(io: ChatServer): EngineClient[] {
	return Object.values((io.engine as unknown as { clients: Record<string, EngineClient> }).clients);
}
