/** Long, because the machine may be busy. */
const TIMEOUT_MS = 15_000;

/** A connection over WebSocket, packet by packet. */
export class WebSocketConnection {
	readonly #socket: WebSocket;
	readonly #packets: (string | ArrayBuffer)[] = [];
	readonly #opened: Promise<void>;
	#isClosed = false;
	#onEvent: () => void = () => {};

	/** `query` is without the question mark. */
	constructor(url: string, query = "EIO=4&transport=websocket") {
		this.#socket = new WebSocket(`${url.replace(/^http/, "ws")}?${query}`);
		this.#socket.binaryType = "arraybuffer";
		this.#socket.addEventListener("message", ({ data }) => {
			this.#packets.push(data as string | ArrayBuffer);
			this.#onEvent();
		});
		this.#opened = new Promise((resolve) => this.#socket.addEventListener("open", () => resolve()));
		this.#socket.addEventListener("error", () => {}); // `close` follows
		this.#socket.addEventListener("close", () => {
			this.#isClosed = true;
			this.#onEvent();
		});
	}

	opened(): Promise<void> {
		return this.#opened;
	}

	send(packet: string | Uint8Array<ArrayBuffer>): void {
		this.#socket.send(packet);
	}

	/** Returns the next packet. Rejects if the connection ends before one is received. */
	async next(): Promise<string | ArrayBuffer> {
		await this.#until(() => this.#packets.length > 0 || this.#isClosed, "a packet");
		const packet = this.#packets.shift();
		if (packet === undefined) throw new Error("The connection ended before a packet was received.");
		return packet;
	}

	/** Returns the next packet, which must be a text. */
	async nextText(): Promise<string> {
		const packet = await this.next();
		if (typeof packet !== "string") throw new Error("A binary packet was received instead of a text.");
		return packet;
	}

	/** Waits until the connection is closed. */
	async closed(): Promise<void> {
		await this.#until(() => this.#isClosed, "its end");
	}

	close(): void {
		this.#socket.close();
	}

	async #until(isTrue: () => boolean, what: string): Promise<void> {
		const deadline = Date.now() + TIMEOUT_MS;
		while (!isTrue()) {
			const left = deadline - Date.now();
			if (left <= 0) throw new Error(`A WebSocket connection never saw ${what}.`);
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, left);
				this.#onEvent = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
	}
}
