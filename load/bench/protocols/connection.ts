import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { encodeFrame, FrameReader, OPCODE, upgradeRequest } from "../../kit/wire.ts";

/** Shared by all sockets: what one read delivers is consumed before the next read. */
const READ_BUFFER = Buffer.allocUnsafeSlow(256 * 1024);
const HEAD_END = Buffer.from("\r\n\r\n");
const MAX_HEAD_BYTES = 16 * 1024;
const TIMEOUT_MS = 60_000;

export type Receiver = {
	/**
	 * Called with the bytes of one read or one frame before they are parsed. They start with a frame. Returns the length of
	 * the whole frames that it has consumed. The bytes are valid during the call.
	 */
	onBytes(bytes: Buffer, from: number, to: number): number;
	/** Called with each other text, `bytes[start, end)`, in its frame `bytes[from, end)`. */
	onText(bytes: Buffer, start: number, end: number, from: number): void;
};

/** A WebSocket on a raw socket. It costs the load generator a fraction of a full client. */
export class PeerConnection {
	/** Called once when the connection ends without {@link close}. */
	onLost: (why: string) => void = () => {};
	readonly #socket: Socket;
	readonly #frames: FrameReader;
	/** The start of the response to the upgrade; undefined after its end. */
	#head: Buffer | undefined = Buffer.alloc(0);
	/** Undefined until {@link listen}. */
	#receiver: Receiver | undefined;
	/** Frames before {@link listen}, and where the text starts in each. */
	readonly #inbox: { frame: Buffer; start: number }[] = [];
	#isClosed = false;
	#lost: string | undefined;
	/** Called after each change that {@link expect} may wait for. */
	#onChange: () => void = () => {};

	private constructor(port: number) {
		this.#frames = new FrameReader((opcode, bytes, start, end, from) => this.#receive(opcode, bytes, start, end, from));
		this.#socket = connect({
			port,
			host: "127.0.0.1",
			noDelay: true,
			onread: { buffer: READ_BUFFER, callback: (length) => this.#read(length) },
		});
		this.#socket.on("error", (error) => this.#lose(error.message));
		this.#socket.on("close", () => this.#lose("the server closed the connection"));
	}

	/** Resolves after the WebSocket handshake. Rejects if the server refuses it. */
	static async open(port: number, path: string): Promise<PeerConnection> {
		const connection = new PeerConnection(port);
		await once(connection.#socket, "connect");
		connection.#socket.write(upgradeRequest(`127.0.0.1:${port}`, path));
		await connection.#until("the WebSocket handshake", () => connection.#head === undefined);
		return connection;
	}

	/** Resolves with the next text that starts with `prefix`. Not after {@link listen}. */
	async expect(prefix: string): Promise<string> {
		const find = () => this.#inbox.findIndex(({ frame, start }) => frame.indexOf(prefix, start) === start);
		await this.#until(`a text that starts with ${prefix}`, () => find() >= 0);
		const [{ frame, start }] = this.#inbox.splice(find(), 1) as [{ frame: Buffer; start: number }];
		return frame.toString("utf8", start);
	}

	/** Passes all texts to the receiver, including those that arrived before and were not expected. */
	listen(receiver: Receiver): void {
		this.#receiver = receiver;
		for (const { frame, start } of this.#inbox.splice(0)) receiver.onText(frame, start, frame.length, 0);
	}

	send(text: string): void {
		this.#socket.write(encodeFrame({ payload: text }));
	}

	close(): void {
		this.#isClosed = true;
		this.#socket.destroy();
	}

	#read(length: number): boolean {
		try {
			let from = this.#head === undefined ? 0 : this.#readHead(length);
			if (this.#frames.isBetweenFrames) from += this.#receiver?.onBytes(READ_BUFFER, from, length) ?? 0;
			if (from < length) this.#frames.push(READ_BUFFER, from, length);
		} catch (error) {
			this.#lose((error as Error).message);
		}
		return true;
	}

	/** Returns the number of bytes of this read that belong to the response to the upgrade. */
	#readHead(length: number): number {
		const before = this.#head!.length;
		const head = Buffer.concat([this.#head!, READ_BUFFER.subarray(0, length)]);
		const end = head.indexOf(HEAD_END);
		if (end < 0) {
			if (head.length > MAX_HEAD_BYTES) throw new Error("The response to the upgrade is too long.");
			this.#head = head;
			return length;
		}
		const status = head.toString("latin1", 0, head.indexOf("\r\n"));
		if (!status.startsWith("HTTP/1.1 101")) throw new Error(`The server refused the upgrade: ${status}`);
		this.#head = undefined;
		this.#onChange();
		return end + HEAD_END.length - before;
	}

	#receive(opcode: number, bytes: Buffer, start: number, end: number, from: number): void {
		if (opcode === OPCODE.text) {
			if (this.#receiver !== undefined) this.#receiver.onText(bytes, start, end, from);
			else {
				this.#inbox.push({ frame: Buffer.from(bytes.subarray(from, end)), start: start - from });
				this.#onChange();
			}
		} else if (opcode === OPCODE.ping) {
			this.#socket.write(encodeFrame({ opcode: OPCODE.pong, payload: bytes.subarray(start, end) }));
		} else if (opcode === OPCODE.close) {
			this.#lose("the server sent a close frame");
		}
	}

	#lose(why: string): void {
		if (this.#isClosed) return;
		this.close();
		this.#lost = why;
		this.#onChange();
		this.onLost(why);
	}

	/** Resolves when `isDone` returns true after a change. Rejects when the connection is lost, or after a minute. */
	async #until(what: string, isDone: () => boolean): Promise<void> {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		const timer = setTimeout(() => reject(new Error(`Waited ${TIMEOUT_MS / 1_000} s for ${what}.`)), TIMEOUT_MS);
		this.#onChange = () => {
			if (isDone()) resolve();
			else if (this.#lost !== undefined) reject(new Error(`While waiting for ${what}: ${this.#lost}`));
		};
		this.#onChange();
		await promise.finally(() => {
			clearTimeout(timer);
			this.#onChange = () => {};
		});
	}
}
