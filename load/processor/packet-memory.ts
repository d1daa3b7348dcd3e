import type { RoomAppended } from "../../app/protocol/log.ts";

/** So many packets are remembered: members of a room get theirs in one go, and few rooms are served at once. */
const PACKETS = 8;

type Packet = { bytes: Buffer; appended: RoomAppended };

/** All members of a room get the same bytes: what was parsed for the first of them is not parsed again for the next. */
export class PacketMemory {
	readonly #headBytes: number;
	readonly #packets: Packet[] = [];
	#oldest = 0;

	/** @param headBytes so many bytes stand before the JSON, and one behind it */
	constructor(headBytes: number) {
		this.#headBytes = headBytes;
	}

	/** What the packet says. It is the same object for the same bytes, and nobody changes it. */
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
