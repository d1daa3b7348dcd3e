import { Tally } from "./tally.ts";

type Line = { once(event: "close", listener: (this: Line) => void): void };

/**
 * The lines that were opened and have not said yet who they are. Nobody has paid for them with a session, so each address
 * may have only so many; Socket.IO closes those that stay silent after its `connectTimeout`.
 */
export class Doorstep {
	readonly #maxPerAddress: number;
	readonly #perAddress = new Tally();
	readonly #addresses = new WeakMap<Line, string>();
	readonly #onClose: (this: Line) => void;

	/** 0 means no limit. */
	constructor(maxPerAddress: number) {
		this.#maxPerAddress = maxPerAddress;
		const doorstep = this;
		// One function for all lines: a closure each would cost memory for each.
		this.#onClose = function () {
			doorstep.leave(this);
		};
	}

	hasRoom(address: string): boolean {
		return !this.#perAddress.isFull(address, this.#maxPerAddress);
	}

	enter(line: Line, address: string): void {
		this.#addresses.set(line, address);
		this.#perAddress.add(address);
		line.once("close", this.#onClose);
	}

	/** It has come in, or gone away. */
	leave(line: Line): void {
		const address = this.#addresses.get(line);
		if (address === undefined) return;
		this.#addresses.delete(line);
		this.#perAddress.remove(address);
	}
}
