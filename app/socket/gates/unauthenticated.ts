import { KeyedCounter } from "../../room/keyed-counter.ts";

/** Who is refused may try again on the same line. Socket.IO opens a socket for each try, and many fit in one read. */
const MAX_TRIES = 10;
/** A Socket.IO packet's type, the first character of an Engine.IO message. */
const CONNECT = "0";

type Packet = { type: string; data?: unknown };
type Line = {
	once(event: "close", listener: (this: Line) => void): void;
	on(event: "packet", listener: (this: Line, packet: Packet) => void): void;
	off(event: "packet", listener: (this: Line, packet: Packet) => void): void;
	close(discard?: boolean): void;
};

/**
 * The lines that were opened and have not said yet who they are. Nobody has paid for them with a session, so each address
 * may have only so many; Socket.IO closes those that stay silent after its `connectTimeout`.
 */
export class UnauthenticatedConnections {
	readonly #maxPerAddress: number;
	readonly #perAddress = new KeyedCounter();
	readonly #lines = new WeakMap<Line, { address: string; tries: number }>();
	readonly #onClose: (this: Line) => void;
	readonly #onPacket: (this: Line, packet: Packet) => void;

	/** 0 means no limit. */
	constructor(maxPerAddress: number) {
		this.#maxPerAddress = maxPerAddress;
		const doorstep = this;
		// One function each for all lines: a closure each would cost memory for each.
		this.#onClose = function () {
			doorstep.leave(this);
		};
		this.#onPacket = function ({ type, data }) {
			if (type === "message" && typeof data === "string" && data.startsWith(CONNECT)) doorstep.#try(this);
		};
	}

	mayEnter(address: string): boolean {
		return !this.#perAddress.isFull(address, this.#maxPerAddress);
	}

	enter(line: Line, address: string): void {
		this.#lines.set(line, { address, tries: 0 });
		this.#perAddress.add(address);
		line.once("close", this.#onClose);
		line.on("packet", this.#onPacket);
	}

	/** It has come in, or gone away. */
	leave(line: Line): void {
		const entered = this.#lines.get(line);
		if (entered === undefined) return;
		this.#lines.delete(line);
		this.#perAddress.remove(entered.address);
		line.off("packet", this.#onPacket);
	}

	#try(line: Line): void {
		const entered = this.#lines.get(line);
		// Engine.IO drops what else it has read from a line that is closed.
		if (entered !== undefined && ++entered.tries > MAX_TRIES) line.close(true);
	}
}
