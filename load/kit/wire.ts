import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";

/** WebSocket frames (RFC 6455, section 5.2), and the packets of Engine.IO and Socket.IO that they carry. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const FINAL = 0x80;
const MASKED = 0x80;
const LENGTH_BITS = 0x7f;
/** These lengths mean that the real one follows, in two bytes or in eight. */
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;
/** No server here sends a longer frame: a length above it means that the stream was misread. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

export type Frame = {
	payload: string | Uint8Array;
	/** By default a text's. */
	opcode?: number;
	/** Whether it is the last frame of its message; true by default. */
	isFinal?: boolean;
	/** The reserved bits: 0x40, 0x20 and 0x10. */
	reserved?: number;
	/** True by default, as it must be for a client. */
	isMasked?: boolean;
	/** A length that is not the payload's. */
	declaredBytes?: bigint;
};

/** Encodes a frame, by default as a client sends it; also one that breaks the rules. */
export function encodeFrame(frame: Frame): Buffer {
	const { opcode = OPCODE.text, isFinal = true, reserved = 0, isMasked = true, declaredBytes } = frame;
	const payload = Buffer.from(frame.payload);
	const first = Buffer.of((isFinal ? FINAL : 0) | reserved | opcode);
	const length = encodeLength(declaredBytes ?? BigInt(payload.length), isMasked ? MASKED : 0);
	if (!isMasked) return Buffer.concat([first, length, payload]);
	const mask = randomBytes(4);
	for (let at = 0; at < payload.length; at++) payload[at]! ^= mask[at & 3]!;
	return Buffer.concat([first, length, mask, payload]);
}

function encodeLength(bytes: bigint, maskBit: number): Buffer {
	if (bytes < LENGTH_IN_2_BYTES) return Buffer.of(maskBit | Number(bytes));
	if (bytes <= 0xffffn) return Buffer.of(maskBit | LENGTH_IN_2_BYTES, Number(bytes) >> 8, Number(bytes) & 0xff);
	const length = Buffer.alloc(9);
	length[0] = maskBit | LENGTH_IN_8_BYTES;
	length.writeBigUInt64BE(bytes, 1);
	return length;
}

/** Returns the bytes before the payload of an unmasked frame that begins at `at`; 2 while only one byte is there. */
export function headerBytes(bytes: Buffer, at: number): number {
	const length = at + 2 > bytes.length ? 0 : bytes[at + 1]! & LENGTH_BITS;
	return length === LENGTH_IN_8_BYTES ? 10 : length === LENGTH_IN_2_BYTES ? 4 : 2;
}

/** Returns the length of the payload of a frame whose whole header is there. */
export function payloadBytes(bytes: Buffer, at: number): number {
	const length = bytes[at + 1]! & LENGTH_BITS;
	if (length === LENGTH_IN_2_BYTES) return bytes.readUInt16BE(at + 2);
	if (length !== LENGTH_IN_8_BYTES) return length;
	return bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6);
}

/** Receives a frame: its payload is `bytes[start, end)`, its header begins at `from`. The bytes are valid during the call. */
export type FrameHandler = (opcode: number, bytes: Buffer, start: number, end: number, from: number) => void;

/** Splits what a server sends into frames, however the network split it. Throws on a frame that this server never sends. */
export class FrameReader {
	#rest: Buffer | undefined;
	readonly #onFrame: FrameHandler;

	constructor(onFrame: FrameHandler) {
		this.#onFrame = onFrame;
	}

	/** Whether the last chunk ended with a whole frame. */
	get isBetweenFrames(): boolean {
		return this.#rest === undefined;
	}

	push(chunk: Buffer, from = 0, to = chunk.length): void {
		const isContinued = this.#rest !== undefined;
		const bytes = isContinued ? Buffer.concat([this.#rest!, chunk.subarray(from, to)]) : chunk;
		let at = isContinued ? 0 : from;
		const end = isContinued ? bytes.length : to;
		this.#rest = undefined;
		while (end - at >= 2) {
			check(bytes, at);
			const start = at + headerBytes(bytes, at);
			if (start > end) break;
			const length = payloadBytes(bytes, at);
			if (length > MAX_FRAME_BYTES) throw new Error(`The server sent a frame of ${length} bytes.`);
			if (start + length > end) break;
			this.#onFrame(bytes[at]! & 0x0f, bytes, start, start + length, at);
			at = start + length;
		}
		if (at < end) this.#rest = Buffer.from(bytes.subarray(at, end));
	}
}

function check(bytes: Buffer, at: number): void {
	if ((bytes[at]! & 0xf0) !== FINAL) throw new Error("The server sent a frame that is fragmented or compressed.");
	if ((bytes[at + 1]! & MASKED) !== 0) throw new Error("The server sent a masked frame.");
}

/** The path at which Socket.IO opens a WebSocket. */
export const SOCKET_PATH = "/socket.io/?EIO=4&transport=websocket";

/** Returns the HTTP request that asks for a WebSocket. */
export function upgradeRequest(host: string, path = SOCKET_PATH): string {
	return [
		`GET ${path} HTTP/1.1`,
		`Host: ${host}`,
		"Connection: Upgrade",
		"Upgrade: websocket",
		"Sec-WebSocket-Version: 13",
		`Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
		"\r\n",
	].join("\r\n");
}

/** How packets begin: the type of Engine.IO, and after its `4` (message) the type of Socket.IO. */
export const PACKET = {
	open: "0",
	ping: "2",
	pong: "3",
	connect: "40",
	event: "42",
	ack: "43",
	connectError: "44",
} as const;

/** Returns the packet that connects to the namespace `/`; `auth` is what the server's middleware sees. */
export function connectPacket(auth?: object): string {
	return PACKET.connect + (auth === undefined ? "" : JSON.stringify(auth));
}

/** Returns the packet of an event; with an `ackId` the server is asked to acknowledge it. */
export function eventPacket(ackId: number | undefined, ...args: unknown[]): string {
	return `${PACKET.event}${ackId ?? ""}${JSON.stringify(args)}`;
}

export type Packet =
	| { type: "event"; args: unknown[] }
	| { type: "ack"; id: number; args: unknown[] }
	| { type: "open" | "ping" | "pong" | "connect" | "connectError" | "other" };

/** Decodes a packet; of an event or an acknowledgement also the arguments. */
export function parsePacket(text: string): Packet {
	if (text.startsWith(PACKET.event)) return { type: "event", args: argsOf(text) };
	if (text.startsWith(PACKET.ack)) return { type: "ack", id: Number.parseInt(text.slice(2), 10), args: argsOf(text) };
	for (const type of ["connectError", "connect", "open", "ping", "pong"] as const) {
		if (text.startsWith(PACKET[type])) return { type };
	}
	return { type: "other" };
}

function argsOf(text: string): unknown[] {
	return JSON.parse(text.slice(text.indexOf("[")));
}
