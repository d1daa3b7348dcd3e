/** All connections at once: before the process ends, and after the machine slept. */
import { DISCONNECTS } from "../room/ports/disconnect.ts";
import type { ChatServer } from "./connection.ts";
import type { Disconnector } from "./disconnect.ts";
import { connectionsOf, terminate, transportClosed } from "./engine/connection.ts";

/** Clients reconnect at random within this time plus 1 ms per client, so that they do not all reconnect at once. */
const MIN_RECONNECT_MS = 1_000;
const MAX_RECONNECT_MS = 15_000;

/** Tells every client that this process is about to end, and within which time to reconnect (rule D1). */
export function announceDrain(io: ChatServer): void {
	const retryAfterMs = Math.min(MAX_RECONNECT_MS, MIN_RECONNECT_MS + io.engine.clientsCount);
	io.emit("server:draining", { retryAfterMs });
}

/** Closes every connection after its queued packets are sent, and terminates those still open after `deadlineMs`. */
export async function closeConnections(
	io: ChatServer,
	disconnector: Pick<Disconnector, "connection">,
	deadlineMs: number,
): Promise<void> {
	const connections = connectionsOf(io);
	const closed = Promise.all(connections.map(transportClosed));
	for (const connection of connections) disconnector.connection(connection, DISCONNECTS.draining);
	let timer: ReturnType<typeof setTimeout> | undefined;
	const deadline = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, deadlineMs);
	});
	await Promise.race([closed, deadline]);
	clearTimeout(timer);
	for (const connection of connections) terminate(connection);
	io.engine.close();
}

/** Disconnects every connection after the clock jumped: some may be long dead. New ones are accepted. */
export function disconnectAll(io: ChatServer, disconnector: Pick<Disconnector, "connection">): void {
	for (const connection of connectionsOf(io)) disconnector.connection(connection, DISCONNECTS.clockJump);
}
