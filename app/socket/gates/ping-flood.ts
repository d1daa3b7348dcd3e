import type { Limits } from "../../room/limits.ts";
import type { Clock } from "../../room/ports/clock.ts";
import { DISCONNECTS } from "../../room/ports/disconnect.ts";
import { RateLimiter } from "../../room/rate-limiter.ts";
import type { Disconnector } from "../disconnect.ts";
import { bytesInStream, type EngineWebSocket, isOpen } from "../engine/web-sockets.ts";

type PingFloodGuardDeps = {
	limits: Pick<Limits, "packets" | "unsentBytes">;
	clock: Pick<Clock, "monotonic">;
	disconnector: Pick<Disconnector, "terminate">;
};

/**
 * Returns a function that guards a WebSocket, even if it never becomes a connection of Engine.IO. ws sends a pong for each
 * ping, which costs time, and memory if the client does not read. So pings have the rate limit of packets, and unread pongs
 * count towards the limit of unsent bytes.
 */
export function pingFloodGuard({ limits, clock, disconnector }: PingFloodGuardDeps) {
	const pings = new RateLimiter(limits.packets, clock);
	const maxBytes = limits.unsentBytes === 0 ? Number.POSITIVE_INFINITY : limits.unsentBytes;
	let opened = 0;

	return (webSocket: EngineWebSocket): void => {
		const key = String(opened++);
		webSocket.on("ping", () => {
			// Pings of the same read may follow the one that terminated the WebSocket.
			if (!isOpen(webSocket)) return;
			if (pings.take(key) > 0) disconnector.terminate(webSocket, DISCONNECTS.flood);
			else if (bytesInStream(webSocket) > maxBytes) disconnector.terminate(webSocket, DISCONNECTS.slowConsumer);
		});
	};
}
