import type { RoomAppended } from "../../app/protocol/log.ts";

/** Members of a room get a packet in quick succession, and few rooms are served at once. */
const PACKETS = 8;

type Cached = { bytes: Buffer; appended: RoomAppended };

/** Parses a packet once for all members of a room, who get the same bytes. */
export class PacketCache {
	readonly #headBytes: number;
	readonly #packets: Cached[] = [];
	#oldest = 0;

	/** @param headBytes number of bytes before the JSON; one follows it */
	constructor(headBytes: number) {
		this.#headBytes = headBytes;
	}

	/** Returns the payload, the same object for the same bytes. Callers must not change it. */
	parse(bytes: Buffer, from: number, to: number): RoomAppended {
		for (const packet of this.#packets) {
			if (packet.bytes.length === to - from && bytes.compare(packet.bytes, 0, to - from, from, to) === 0) {
				return packet.appended;
			}
		}
		const own = Buffer.from(bytes.subarray(from, to));
		const appended: RoomAppended = JSON.parse(own.toString("utf8", this.#headBytes, own.length - 1));
		this.#packets[this.#oldest] = { bytes: own, appended };
		this.#oldest = (this.#oldest + 1) % PACKETS;
		return appended;
	}
}
