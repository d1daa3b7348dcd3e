import type { Limits } from "../../room/limits.ts";
import type { Clock } from "../../room/ports/clock.ts";
import { DISCONNECTS } from "../../room/ports/disconnect.ts";
import { RateLimiter } from "../../room/rate-limiter.ts";
import type { ChatSocket } from "../connection.ts";
import type { Disconnector } from "../disconnect.ts";

/** Disconnects sockets that send more packets than `LIMIT_PACKETS_PER_S` allows. */
export class PacketFloodGuard {
	readonly #packets: RateLimiter;
	readonly #disconnector: Pick<Disconnector, "socket">;
	/** Sockets that are disconnected and have not closed yet. */
	readonly #disconnected = new WeakSet<ChatSocket>();

	constructor(
		limits: Pick<Limits, "packets">,
		clock: Pick<Clock, "monotonic">,
		disconnector: Pick<Disconnector, "socket">,
	) {
		this.#packets = new RateLimiter(limits.packets, clock);
		this.#disconnector = disconnector;
	}

	/** Returns whether a packet of the socket may be handled: false from the first excess packet on. */
	admits(socket: ChatSocket): boolean {
		if (this.#disconnected.has(socket)) return false;
		if (this.#packets.take(socket.id) === 0) return true;
		this.#disconnected.add(socket);
		this.#disconnector.socket(socket, DISCONNECTS.flood);
		return false;
	}
}
