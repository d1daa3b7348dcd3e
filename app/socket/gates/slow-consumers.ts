import { Buffer } from "node:buffer";
import { DISCONNECTS } from "../../room/ports/disconnect.ts";
import type { ChatServer } from "../connection.ts";
import type { Disconnector } from "../disconnect.ts";
import { type EngineConnection, type EnginePacket, unsentBytes } from "../engine/connection.ts";

const QUEUED_BYTES = Symbol("bytes queued by Engine.IO");
type CountedConnection = EngineConnection & { [QUEUED_BYTES]?: number };

/**
 * Disconnects clients that do not read. The unsent bytes of a client, in Engine.IO's queue (which is unbounded) and in the
 * stream, are limited, so that it costs other clients neither memory nor time. The client reconnects and resumes by `seq`.
 */
export class SlowConsumers {
	readonly #maxBytes: number;
	readonly #disconnector: Pick<Disconnector, "terminate">;
	/** Connections that are terminated and have not closed yet. */
	readonly #terminated = new WeakSet<EngineConnection>();

	/** `maxBytes` 0 means no bound. */
	constructor(maxBytes: number, disconnector: Pick<Disconnector, "terminate">) {
		this.#maxBytes = maxBytes === 0 ? Number.POSITIVE_INFINITY : maxBytes;
		this.#disconnector = disconnector;
	}

	/** Counts the bytes that are queued on each connection of `io`, whose engine must exist. */
	watch(io: ChatServer): void {
		const slowConsumers = this;
		// One function for all connections: a closure for each would cost memory.
		function onPacketCreate(this: CountedConnection, { data }: EnginePacket): void {
			// Before the packet is counted, so that a packet longer than the limit can be sent to a client without unsent bytes.
			slowConsumers.disconnectIfSlow(this);
			this[QUEUED_BYTES] = (this[QUEUED_BYTES] ?? 0) + (data === undefined ? 0 : Buffer.byteLength(data));
		}
		io.engine.on("connection", (connection: EngineConnection) => connection.on("packetCreate", onPacketCreate));
		io.engine.on("flush", (connection: CountedConnection) => {
			connection[QUEUED_BYTES] = 0;
		});
	}

	/** Disconnects a client with too many unsent bytes. Returns whether it did. */
	disconnectIfSlow(connection: CountedConnection): boolean {
		const bytes = unsentBytes(connection) + (connection[QUEUED_BYTES] ?? 0);
		if (bytes <= this.#maxBytes || this.#terminated.has(connection)) return false;
		this.#terminated.add(connection);
		this.#disconnector.terminate(connection, DISCONNECTS.slowConsumer);
		return true;
	}
}
