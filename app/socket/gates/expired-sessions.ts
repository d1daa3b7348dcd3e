import type { Clock } from "../../room/ports/clock.ts";
import { DISCONNECTS } from "../../room/ports/disconnect.ts";
import type { ChatServer } from "../connection.ts";
import type { Disconnector } from "../disconnect.ts";

/** The longest time by which a connection may outlive its session, which lasts for months. */
const SWEEP_MS = 60_000;

/** Disconnects the sockets whose sessions have expired: one timer for all of them. Returns a function that stops it. */
export function disconnectExpiredSessions(
	io: ChatServer,
	clock: Pick<Clock, "now" | "after">,
	disconnector: Pick<Disconnector, "socket">,
): () => void {
	function sweep(): void {
		const now = clock.now();
		for (const socket of io.sockets.sockets.values())
			if (socket.data.expiresAt <= now) disconnector.socket(socket, DISCONNECTS.sessionExpired);
		cancel = clock.after(SWEEP_MS, sweep);
	}
	let cancel = clock.after(SWEEP_MS, sweep);
	return () => cancel();
}
