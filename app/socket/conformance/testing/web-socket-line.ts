/** A wait that takes this long has failed, however busy the machine is. */
const PATIENCE_MS = 15_000;

/** A line over WebSocket, packet by packet. */
export class WebSocketLine {
	readonly #socket: WebSocket;
	readonly #packets: (string | ArrayBuffer)[] = [];
	readonly #opened: Promise<void>;
	#isClosed = false;
	#onNews: () => void = () => {};

	/** @param query what follows the question mark */
	constructor(url: string, query = "EIO=4&transport=websocket") {
		this.#socket = new WebSocket(`${url.replace(/^http/, "ws")}?${query}`);
		this.#socket.binaryType = "arraybuffer";
		this.#socket.addEventListener("message", ({ data }) => {
			this.#packets.push(data as string | ArrayBuffer);
			this.#onNews();
		});
		this.#opened = new Promise((resolve) => this.#socket.addEventListener("open", () => resolve()));
		this.#socket.addEventListener("error", () => {}); // its end is what counts
		this.#socket.addEventListener("close", () => {
			this.#isClosed = true;
			this.#onNews();
		});
	}

	opened(): Promise<void> {
		return this.#opened;
	}

	send(packet: string | Uint8Array<ArrayBuffer>): void {
		this.#socket.send(packet);
	}

	/** The next packet; rejects where the line ends before one has come. */
	async next(): Promise<string | ArrayBuffer> {
		await this.#until(() => this.#packets.length > 0 || this.#isClosed, "a packet");
		const packet = this.#packets.shift();
		if (packet === undefined) throw new Error("The line ended before a packet came.");
		return packet;
	}

	/** The next packet, which has to be a text. */
	async nextText(): Promise<string> {
		const packet = await this.next();
		if (typeof packet !== "string") throw new Error("A binary packet came where a text was expected.");
		return packet;
	}

	/** Waits for the end of the line. */
	async closed(): Promise<void> {
		await this.#until(() => this.#isClosed, "the end of its line");
	}

	close(): void {
		this.#socket.close();
	}

	async #until(isTrue: () => boolean, what: string): Promise<void> {
		const deadline = Date.now() + PATIENCE_MS;
		while (!isTrue()) {
			const left = deadline - Date.now();
			if (left <= 0) throw new Error(`A line over WebSocket never saw ${what}.`);
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, left);
				this.#onNews = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
	}
}
