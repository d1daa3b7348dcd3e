import { Buffer } from "node:buffer";

const FINAL_TEXT = 0x81;
/** Payload lengths from which the header has two, and then eight, more bytes for the length. */
const MEDIUM_BYTES = 126;
const LONG_BYTES = 65_536;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** Returns a text as one unmasked frame, header and payload in one buffer (RFC 6455, section 5.2). */
export function textFrame(text: string): Buffer {
	const bytes = Buffer.byteLength(text);
	const headerBytes = bytes < MEDIUM_BYTES ? 2 : bytes < LONG_BYTES ? 4 : 10;
	const frame = Buffer.allocUnsafe(headerBytes + bytes);
	frame[0] = FINAL_TEXT;
	if (bytes < MEDIUM_BYTES) {
		frame[1] = bytes;
	} else if (bytes < LONG_BYTES) {
		frame[1] = LENGTH_IN_2_BYTES;
		frame.writeUInt16BE(bytes, 2);
	} else {
		frame[1] = LENGTH_IN_8_BYTES;
		frame.writeBigUInt64BE(BigInt(bytes), 2);
	}
	frame.write(text, headerBytes);
	return frame;
}
