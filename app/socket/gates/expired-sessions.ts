import type { Clock } from "../../room/ports/clock.ts";
import type { ChatServer } from "../connection.ts";

/** So long a connection may outlive its session, which lasts for months. */
const SWEEP_MS = 60_000;

/** Closes the connections whose sessions have ended by themselves: one timer for all of them. Answers how to stop. */
export function closeExpired(io: ChatServer, clock: Pick<Clock, "now" | "after">, onCut: () => void): () => void {
	function sweep(): void {
		const now = clock.now();
		for (const socket of io.sockets.sockets.values()) {
			if (socket.data.expiresAt > now) continue;
			socket.disconnect(true);
			onCut();
		}
		cancel = clock.after(SWEEP_MS, sweep);
	}
	let cancel = clock.after(SWEEP_MS, sweep);
	return () => cancel();
}
