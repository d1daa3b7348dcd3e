import { headerBytes, payloadBytes } from "../kit/wire.ts";

/** The first byte of a text in one frame: final, uncompressed. */
const WHOLE_TEXT = 0x81;
const NOTHING = Buffer.alloc(0);

type Handlers = {
	/** How the texts begin that are extracted. */
	head: Buffer;
	/** Receives such a text, from `head` to its end. The bytes are valid during the call. */
	extract(bytes: Buffer, from: number, to: number): void;
	/** Receives everything else, in order. */
	passOn(bytes: Buffer): void;
};

/**
 * Extracts the texts with a certain head from the bytes that a server sends over one WebSocket, and passes on the rest:
 * other frames, and frames that are split over chunks, compressed or fragmented.
 */
export class FrameScanner {
	readonly #handlers: Handlers;
	/** Bytes still to come of a frame that was passed on in part. */
	#toPass = 0;
	/** The beginning of a frame that is too short to have its length. */
	#partialHeader: Buffer = NOTHING;

	constructor(handlers: Handlers) {
		this.#handlers = handlers;
	}

	/** `chunk` begins where the previous one ended; the first one begins with a frame. */
	scan(chunk: Buffer): void {
		const { head } = this.#handlers;
		const bytes = this.#partialHeader.length === 0 ? chunk : Buffer.concat([this.#partialHeader, chunk]);
		this.#partialHeader = NOTHING;
		let at = Math.min(this.#toPass, bytes.length);
		this.#toPass -= at;
		let unpassed = 0;
		while (at < bytes.length) {
			const payload = at + headerBytes(bytes, at);
			if (payload > bytes.length) {
				this.#partialHeader = bytes.subarray(at);
				break;
			}
			const end = payload + payloadBytes(bytes, at);
			if (end > bytes.length) {
				this.#toPass = end - bytes.length;
				at = bytes.length;
			} else if (bytes[at] === WHOLE_TEXT && beginsWith(bytes, payload, end, head)) {
				if (at > unpassed) this.#handlers.passOn(bytes.subarray(unpassed, at));
				this.#handlers.extract(bytes, payload, end);
				at = unpassed = end;
			} else at = end;
		}
		if (at > unpassed) this.#handlers.passOn(bytes.subarray(unpassed, at));
	}
}

function beginsWith(bytes: Buffer, from: number, to: number, head: Buffer): boolean {
	return to - from >= head.length && bytes.compare(head, 0, head.length, from, from + head.length) === 0;
}
