import { Transform, type TransformCallback } from "node:stream";

const HEAD_END = Buffer.from("\r\n\r\n");

/**
 * Hands the bytes that a server sends over one connection to `onFrame`, whole WebSocket frames once the connection
 * has become one; what is pushed goes on to the client. Anything else passes as it is.
 */
export class Frames extends Transform {
	readonly #onFrame: (frame: Buffer, text: string, push: (frame: Buffer) => void) => void;
	#isWebSocket = false;
	#rest = Buffer.alloc(0);

	constructor(onFrame: (frame: Buffer, text: string, push: (frame: Buffer) => void) => void) {
		super();
		this.#onFrame = onFrame;
	}

	override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
		if (this.#isWebSocket) this.#take(chunk);
		else if (chunk.subarray(0, 12).toString("latin1") === "HTTP/1.1 101") {
			const end = chunk.indexOf(HEAD_END) + HEAD_END.length;
			this.#isWebSocket = true;
			this.push(chunk.subarray(0, end));
			this.#take(chunk.subarray(end));
		} else this.push(chunk);
		done();
	}

	#take(chunk: Buffer): void {
		this.#rest = Buffer.concat([this.#rest, chunk]);
		for (let frame = firstFrame(this.#rest); frame; frame = firstFrame(this.#rest)) {
			this.#rest = this.#rest.subarray(frame.bytes.length);
			this.#onFrame(frame.bytes, frame.text, (bytes) => this.push(bytes));
		}
	}
}

/** The first frame of a server's stream, which is never masked; undefined until it is there whole. */
function firstFrame(bytes: Buffer): { bytes: Buffer; text: string } | undefined {
	if (bytes.length < 2) return undefined;
	const short = bytes[1]! & 0x7f;
	const headLength = short === 127 ? 10 : short === 126 ? 4 : 2;
	if (bytes.length < headLength) return undefined;
	const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
	const end = headLength + length;
	if (bytes.length < end) return undefined;
	return { bytes: bytes.subarray(0, end), text: bytes.subarray(headLength, end).toString("utf8") };
}
