import { Buffer } from "node:buffer";
import type { ChatServer } from "../connection.ts";
import type { Line } from "../engine/direct-write.ts";
import { terminate } from "../engine/terminate.ts";

const QUEUED_BYTES = Symbol("bytes queued by Engine.IO");

type CountedLine = Line & { [QUEUED_BYTES]?: number };
type Packet = { data?: string | Buffer };

/**
 * Cuts readers that do not read: what waits for a client has a bound in bytes, wherever it waits, so that it costs the
 * others neither memory nor time. It comes back and resumes by `seq`. Engine.IO's own buffer has no bound.
 */
export class SlowConsumers {
	readonly #maxBytes: number;
	readonly #onCut: () => void;
	/** Lines that were cut and are not closed yet. */
	readonly #cut = new WeakSet<Line>();

	/** `maxBytes` 0 means no bound. */
	constructor(io: ChatServer, maxBytes: number, onCut: () => void) {
		this.#maxBytes = maxBytes === 0 ? Number.POSITIVE_INFINITY : maxBytes;
		this.#onCut = onCut;
		const slowConsumers = this;
		// One function for all lines: a closure each would cost memory for each.
		function onPacket(this: CountedLine, { data }: Packet): void {
			// First: a line on which nothing waits takes one long answer, however long.
			slowConsumers.disconnectIfSlow(this, this.transport.socket?._socket?.writableLength ?? 0);
			this[QUEUED_BYTES] = (this[QUEUED_BYTES] ?? 0) + (data === undefined ? 0 : Buffer.byteLength(data));
		}
		io.engine.on("connection", (line: { on(event: "packetCreate", listener: typeof onPacket): void }) => {
			line.on("packetCreate", onPacket);
		});
		io.engine.on("flush", (line: CountedLine) => {
			line[QUEUED_BYTES] = 0;
		});
	}

	/** Cuts a line for which this many bytes, and what Engine.IO has queued, wait. Whether it did. */
	disconnectIfSlow(line: CountedLine, waitingBytes: number): boolean {
		if (waitingBytes + (line[QUEUED_BYTES] ?? 0) <= this.#maxBytes || this.#cut.has(line)) return false;
		this.#cut.add(line);
		this.#onCut();
		terminate(line);
		return true;
	}
}
