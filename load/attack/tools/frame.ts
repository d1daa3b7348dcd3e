import { randomBytes } from "node:crypto";

export const TEXT = 0x81;
export const PING = 0x89;
const MASKED = 0x80;
/** The length's first byte says that the next two, or eight, have it. */
const IN_2_BYTES = 126;
const IN_8_BYTES = 127;
const MOST_IN_2_BYTES = 0xffff;

/**
 * A client's WebSocket frame (RFC 6455, section 5.2), also one that nobody should send: `first` is its first byte (final,
 * reserved bits, opcode), `declared` a length that is not the payload's.
 */
export function frame(
	payload: string | Buffer,
	{ first = TEXT, masked = true, declared }: { first?: number; masked?: boolean; declared?: bigint } = {},
): Buffer {
	const bytes = Buffer.from(payload);
	const head = [Buffer.of(first), lengthOf(declared ?? BigInt(bytes.length), masked ? MASKED : 0)];
	if (!masked) return Buffer.concat([...head, bytes]);
	const mask = randomBytes(4);
	for (let at = 0; at < bytes.length; at++) bytes[at]! ^= mask[at % 4]!;
	return Buffer.concat([...head, mask, bytes]);
}

function lengthOf(bytes: bigint, bit: number): Buffer {
	if (bytes < IN_2_BYTES) return Buffer.of(bit | Number(bytes));
	if (bytes <= MOST_IN_2_BYTES) return Buffer.of(bit | IN_2_BYTES, Number(bytes) >> 8, Number(bytes) & 0xff);
	const length = Buffer.alloc(9);
	length[0] = bit | IN_8_BYTES;
	length.writeBigUInt64BE(bytes, 1);
	return length;
}

/** The texts of the whole frames at the beginning of what a server has sent, and what is left behind them. */
export function unframe(bytes: Buffer): { texts: string[]; rest: Buffer } {
	const texts: string[] = [];
	let rest = bytes;
	for (;;) {
		const short = rest.length < 2 ? 0 : rest[1]! & 0x7f;
		const headBytes = short === IN_8_BYTES ? 10 : short === IN_2_BYTES ? 4 : 2;
		if (rest.length < headBytes) return { texts, rest };
		const length =
			short === IN_8_BYTES ? Number(rest.readBigUInt64BE(2)) : short === IN_2_BYTES ? rest.readUInt16BE(2) : short;
		if (rest.length < headBytes + length) return { texts, rest };
		if (rest[0] === TEXT) texts.push(rest.toString("utf8", headBytes, headBytes + length));
		rest = rest.subarray(headBytes + length);
	}
}
