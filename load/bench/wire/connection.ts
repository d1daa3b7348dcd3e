import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { clientFrame, FrameReader, OPCODE } from "./frames.ts";

/** Sockets are read one at a time, and what is read is used up before the next: one buffer serves all of them. */
const READ_BUFFER = Buffer.allocUnsafeSlow(256 * 1024);
const HEAD_END = Buffer.from("\r\n\r\n");
const MAX_HEAD_BYTES = 16 * 1024;
const CONNECT_TIMEOUT_MS = 60_000;

/** Gets one text message as `bytes[start, end)`, lent for the call. */
export type TextHandler = (bytes: Buffer, start: number, end: number) => void;

/**
 * Sees what was read before it is cut into frames, when it starts with one; answers how many bytes of it, whole frames,
 * it has dealt with.
 */
export type BytesHandler = (bytes: Buffer, from: number, to: number) => number;

/** A text that the server sends now and then, one character, and the answer that it expects. */
export type KeepAlive = { ping: string; pong: string };

/** A WebSocket over a bare socket: it costs the generator a fraction of what a full client does. */
export class Connection {
	/** Called once, when the line is gone without {@link close} having been called. */
	onLost: (why: string) => void = () => {};
	readonly #socket: Socket;
	readonly #frames: FrameReader;
	readonly #ping: number;
	readonly #pong: string;
	#head: Buffer | undefined = Buffer.alloc(0);
	#onText: TextHandler;
	#onBytes: BytesHandler = () => 0;
	#closed = false;
	/** What came before anybody listened. */
	readonly #inbox: Buffer[] = [];
	#wake: () => void = () => {};

	private constructor(port: number, keepAlive: KeepAlive | undefined) {
		this.#ping = keepAlive?.ping.charCodeAt(0) ?? -1;
		this.#pong = keepAlive?.pong ?? "";
		this.#onText = (bytes, start, end) => {
			this.#inbox.push(Buffer.from(bytes.subarray(start, end)));
			this.#wake();
		};
		this.#frames = new FrameReader((opcode, bytes, start, end) => this.#frame(opcode, bytes, start, end));
		this.#socket = connect({
			port,
			host: "127.0.0.1",
			noDelay: true,
			onread: { buffer: READ_BUFFER, callback: (length) => this.#read(length) },
		});
		this.#socket.on("error", (error) => this.#lose(error.message));
		this.#socket.on("close", () => this.#lose("the server closed the connection"));
	}

	/** Resolves when the server has agreed to speak WebSocket; rejects where it has not. */
	static async open(port: number, path: string, keepAlive?: KeepAlive): Promise<Connection> {
		const connection = new Connection(port, keepAlive);
		await once(connection.#socket, "connect");
		connection.#socket.write(
			`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
				"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: aHViYnViLWJlbmNobWFyaw==\r\n\r\n",
		);
		await connection.#until(() => connection.#head === undefined, "the WebSocket handshake");
		return connection;
	}

	/** The next message that starts with `prefix`, while nobody {@link listen}s; others are kept for the listener. */
	async expect(prefix: string): Promise<string> {
		const wanted = Buffer.from(prefix);
		const find = () => this.#inbox.findIndex((text) => text.subarray(0, wanted.length).equals(wanted));
		await this.#until(() => find() >= 0, `a message that starts with ${prefix}`);
		return this.#inbox.splice(find(), 1)[0]!.toString();
	}

	/** From now on, and for what has come meanwhile. */
	listen(onText: TextHandler, onBytes: BytesHandler = () => 0): void {
		this.#onText = onText;
		this.#onBytes = onBytes;
		for (const text of this.#inbox.splice(0)) onText(text, 0, text.length);
	}

	send(text: string): void {
		this.#socket.write(clientFrame(OPCODE.text, Buffer.from(text)));
	}

	close(): void {
		this.#closed = true;
		this.#socket.destroy();
	}

	#read(length: number): boolean {
		try {
			let from = this.#head === undefined ? 0 : this.#readHead(length);
			if (this.#frames.isBetweenFrames) from += this.#onBytes(READ_BUFFER, from, length);
			if (from < length) this.#frames.push(READ_BUFFER, from, length);
		} catch (error) {
			this.#lose((error as Error).message);
		}
		return true;
	}

	/** How many bytes of this read belong to the answer to the upgrade. */
	#readHead(length: number): number {
		const before = this.#head!.length;
		const head = Buffer.concat([this.#head!, READ_BUFFER.subarray(0, length)]);
		const at = head.indexOf(HEAD_END);
		if (at < 0) {
			if (head.length > MAX_HEAD_BYTES) throw new Error("The server's answer to the upgrade has no end.");
			this.#head = head;
			return length;
		}
		const status = head.toString("latin1", 0, head.indexOf("\r\n"));
		if (!status.startsWith("HTTP/1.1 101")) throw new Error(`The server refused the upgrade: ${status}`);
		this.#head = undefined;
		this.#wake();
		return at + HEAD_END.length - before;
	}

	#frame(opcode: number, bytes: Buffer, start: number, end: number): void {
		if (opcode === OPCODE.text) {
			if (end - start === 1 && bytes[start] === this.#ping) this.send(this.#pong);
			else this.#onText(bytes, start, end);
		} else if (opcode === OPCODE.ping) {
			this.#socket.write(clientFrame(OPCODE.pong, bytes.subarray(start, end)));
		} else if (opcode === OPCODE.close) {
			this.#lose("the server said goodbye");
		}
	}

	#lose(why: string): void {
		if (this.#closed) return;
		this.close();
		this.#lost = why;
		this.#wake();
		this.onLost(why);
	}

	#lost: string | undefined;

	async #until(done: () => boolean, what: string): Promise<void> {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		const timer = setTimeout(
			() => reject(new Error(`Waited ${CONNECT_TIMEOUT_MS / 1_000} s for ${what}.`)),
			CONNECT_TIMEOUT_MS,
		);
		this.#wake = () => {
			if (done()) resolve();
			else if (this.#lost !== undefined) reject(new Error(`While waiting for ${what}: ${this.#lost}`));
		};
		this.#wake();
		try {
			await promise;
		} finally {
			clearTimeout(timer);
			this.#wake = () => {};
		}
	}
}
