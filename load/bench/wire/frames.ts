/** WebSocket frames (RFC 6455), as far as a receiver that counts needs them: whole, unmasked, text or control. */

/** No server here sends a longer frame; a length above it means that the stream was misread. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const MASK_KEY = [0x5a, 0xc3, 0x17, 0x8e] as const;

export const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Gets the payload as `bytes[start, end)`; the bytes are only lent for the call. */
export type FrameHandler = (opcode: number, bytes: Buffer, start: number, end: number) => void;

/** Cuts a stream of bytes into frames, however the network cut it before. Throws where the stream is not one of these. */
export class FrameReader {
	#rest: Buffer | undefined;
	readonly #onFrame: FrameHandler;

	constructor(onFrame: FrameHandler) {
		this.#onFrame = onFrame;
	}

	/** Whether the last chunk ended where a frame does. */
	get isBetweenFrames(): boolean {
		return this.#rest === undefined;
	}

	push(chunk: Buffer, from: number, to: number): void {
		let bytes = chunk;
		let at = from;
		let end = to;
		if (this.#rest !== undefined) {
			bytes = Buffer.concat([this.#rest, chunk.subarray(from, to)]);
			at = 0;
			end = bytes.length;
			this.#rest = undefined;
		}
		while (end - at >= 2) {
			const header = headerBytes(bytes, at);
			if (end - at < header) break;
			const start = at + header;
			const stop = start + payloadBytes(bytes, at);
			if (stop > end) break;
			this.#onFrame(bytes[at]! & 0x0f, bytes, start, stop);
			at = stop;
		}
		if (at < end) this.#rest = Buffer.from(bytes.subarray(at, end));
	}
}

function headerBytes(bytes: Buffer, at: number): number {
	if ((bytes[at]! & 0xf0) !== 0x80) throw new Error("The server sent a frame that is fragmented or compressed.");
	const length = bytes[at + 1]!;
	if (length > 127) throw new Error("The server sent a masked frame.");
	return length < 126 ? 2 : length === 126 ? 4 : 10;
}

function payloadBytes(bytes: Buffer, at: number): number {
	const short = bytes[at + 1]!;
	if (short < 126) return short;
	if (short === 126) return bytes.readUInt16BE(at + 2);
	const length = bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6);
	if (length > MAX_FRAME_BYTES) throw new Error(`The server sent a frame of ${length} bytes.`);
	return length;
}

/** What stands before a payload of this length in a text frame as a server sends it. */
export function frameHeader(length: number): Buffer {
	if (length < 126) return Buffer.from([0x80 | OPCODE.text, length]);
	if (length < 65_536) return Buffer.from([0x80 | OPCODE.text, 126, length >> 8, length & 0xff]);
	const header = Buffer.alloc(10);
	header[0] = 0x80 | OPCODE.text;
	header[1] = 127;
	header.writeUIntBE(length, 4, 6);
	return header;
}

/** A frame as a client sends it: whole and masked. */
export function clientFrame(opcode: number, payload: Buffer): Buffer {
	const { length } = payload;
	if (length > 0xffff) throw new RangeError("A client's frame is at most 65,535 bytes here.");
	const header = length < 126 ? 6 : 8;
	const frame = Buffer.allocUnsafe(header + length);
	frame[0] = 0x80 | opcode;
	if (length < 126) {
		frame[1] = 0x80 | length;
	} else {
		frame[1] = 0x80 | 126;
		frame.writeUInt16BE(length, 2);
	}
	frame.set(MASK_KEY, header - 4);
	for (let i = 0; i < length; i++) frame[header + i] = payload[i]! ^ MASK_KEY[i & 3]!;
	return frame;
}
