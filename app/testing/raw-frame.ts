import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };
const FINAL = 0x80;
const MASKED = 0x80;
/** First byte of a length that is in the next two, or eight, bytes. */
const IN_2_BYTES = 126;
const IN_8_BYTES = 127;

export type Frame = {
	payload: string | Uint8Array;
	/** Default: text. */
	opcode?: number;
	/** Whether it is the last frame of its message. Default: true. */
	isFinal?: boolean;
	/** The reserved bits: 0x40, 0x20 and 0x10. */
	reserved?: number;
	/** Default: true, as RFC 6455 requires of a client. */
	isMasked?: boolean;
	/** A wrong length for the header. Default: the payload's. */
	declaredBytes?: bigint;
};

/** Returns a WebSocket frame (RFC 6455, section 5.2), which may be invalid. */
export function frame(of: Frame): Buffer {
	const { opcode = OPCODE.text, isFinal = true, reserved = 0, isMasked = true, declaredBytes } = of;
	const payload = Buffer.from(of.payload);
	const first = (isFinal ? FINAL : 0) | reserved | opcode;
	const header = [Buffer.of(first), lengthOf(declaredBytes ?? BigInt(payload.length), isMasked)];
	if (!isMasked) return Buffer.concat([...header, payload]);
	const mask = randomBytes(4);
	return Buffer.concat([...header, mask, payload.map((byte, i) => byte ^ mask[i % 4]!)]);
}

function lengthOf(bytes: bigint, isMasked: boolean): Buffer {
	const bit = isMasked ? MASKED : 0;
	if (bytes < IN_2_BYTES) return Buffer.of(bit | Number(bytes));
	if (bytes <= 0xffffn) return Buffer.of(bit | IN_2_BYTES, Number(bytes) >> 8, Number(bytes) & 0xff);
	const length = Buffer.alloc(9);
	length[0] = bit | IN_8_BYTES;
	length.writeBigUInt64BE(bytes, 1);
	return length;
}
