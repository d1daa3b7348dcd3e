const TEXT_IN_ONE_FRAME = 0x81;
const LENGTH_BITS = 0x7f;
/** These lengths say that the real one follows, in two bytes or in eight. */
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;
const NOTHING = Buffer.alloc(0);

type Onlooker = {
	/** How the texts begin that are taken out. */
	head: Buffer;
	/** Such a text, from `head` to its end. Only for the time of the call. */
	take(bytes: Buffer, from: number, to: number): void;
	/** Everything else, in its place among the others. */
	passOn(bytes: Buffer): void;
};

/**
 * Takes the texts with a certain head out of the bytes that a server sends over one WebSocket, and passes on the rest:
 * other frames, and those that were cut in two, compressed, or sent in parts.
 */
export class FrameScanner {
	readonly #onlooker: Onlooker;
	/** So many bytes of a frame that was passed on in part are still to come. */
	#toPass = 0;
	/** The beginning of a frame too short to tell its length. */
	#cutHeader: Buffer = NOTHING;

	constructor(onlooker: Onlooker) {
		this.#onlooker = onlooker;
	}

	/** `chunk` begins where the one before ended, the first one at the beginning of a frame. */
	scan(chunk: Buffer): void {
		const { head } = this.#onlooker;
		const bytes = this.#cutHeader.length === 0 ? chunk : Buffer.concat([this.#cutHeader, chunk]);
		this.#cutHeader = NOTHING;
		let at = Math.min(this.#toPass, bytes.length);
		this.#toPass -= at;
		let unpassed = 0;
		while (at < bytes.length) {
			const payload = at + headerBytes(bytes, at);
			if (payload > bytes.length) {
				this.#cutHeader = bytes.subarray(at);
				break;
			}
			const end = payload + payloadBytes(bytes, at);
			if (end > bytes.length) {
				this.#toPass = end - bytes.length;
				at = bytes.length;
			} else if (bytes[at] === TEXT_IN_ONE_FRAME && beginsWith(bytes, payload, end, head)) {
				if (at > unpassed) this.#onlooker.passOn(bytes.subarray(unpassed, at));
				this.#onlooker.take(bytes, payload, end);
				at = unpassed = end;
			} else at = end;
		}
		if (at > unpassed) this.#onlooker.passOn(bytes.subarray(unpassed, at));
	}
}

function headerBytes(bytes: Buffer, at: number): number {
	if (at + 2 > bytes.length) return 2;
	const length = bytes[at + 1]! & LENGTH_BITS;
	return length === EIGHT_BYTES_FOLLOW ? 10 : length === TWO_BYTES_FOLLOW ? 4 : 2;
}

function payloadBytes(bytes: Buffer, at: number): number {
	const length = bytes[at + 1]! & LENGTH_BITS;
	if (length === EIGHT_BYTES_FOLLOW) return Number(bytes.readBigUInt64BE(at + 2));
	return length === TWO_BYTES_FOLLOW ? bytes.readUInt16BE(at + 2) : length;
}

function beginsWith(bytes: Buffer, from: number, to: number, head: Buffer): boolean {
	return to - from >= head.length && bytes.compare(head, 0, head.length, from, from + head.length) === 0;
}
