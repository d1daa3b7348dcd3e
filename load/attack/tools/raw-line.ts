import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

const ANSWER_TIMEOUT_MS = 10_000;

/** A TCP line from an address of one's own. It has no manners: what goes over it is its owner's affair. */
export class RawLine {
	readonly socket: Socket;
	#onClose: (() => void)[] = [];

	constructor(url: string, from: string) {
		const { hostname, port } = new URL(url);
		this.socket = connect({ host: hostname, port: Number(port), localAddress: from });
		// To be cut is what an attacker reckons with.
		this.socket.on("error", () => undefined);
		this.socket.on("close", () => {
			for (const tell of this.#onClose.splice(0)) tell();
		});
	}

	get isOpen(): boolean {
		return !this.socket.destroyed;
	}

	write(bytes: string | Buffer): void {
		if (this.isOpen) this.socket.write(bytes);
	}

	/** Whether it was closed from the other side within this time. */
	closes(withinMs: number): Promise<boolean> {
		if (!this.isOpen) return Promise.resolve(true);
		return new Promise((resolve) => {
			const timer = setTimeout(() => resolve(false), withinMs);
			this.#onClose.push(() => {
				clearTimeout(timer);
				resolve(true);
			});
		});
	}

	/** Asks for a WebSocket of Engine.IO; the status that the server answers with, 0 where it answers nothing. */
	async upgrade(): Promise<number> {
		const head = [
			"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
			"Host: chat.example",
			"Connection: Upgrade",
			"Upgrade: websocket",
			"Sec-WebSocket-Version: 13",
			`Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
		];
		this.write(`${head.join("\r\n")}\r\n\r\n`);
		return await this.status();
	}

	/** The status of the next answer; 0 where there is none. What follows the head goes back, to be read by others. */
	status(): Promise<number> {
		let read = Buffer.alloc(0);
		return new Promise((resolve) => {
			const done = (status: number) => {
				clearTimeout(timer);
				this.socket.off("data", take);
				this.socket.off("close", none);
				resolve(status);
			};
			const none = () => done(0);
			const take = (chunk: Buffer) => {
				read = Buffer.concat([read, chunk]);
				const end = read.indexOf("\r\n\r\n");
				if (end === -1) return;
				const rest = read.subarray(end + 4);
				this.socket.pause();
				if (rest.length > 0) this.socket.unshift(rest);
				done(Number(read.toString("latin1", 9, 12)));
			};
			const timer = setTimeout(none, ANSWER_TIMEOUT_MS);
			this.socket.on("data", take);
			this.socket.once("close", none);
			this.socket.resume();
		});
	}

	destroy(): void {
		this.socket.destroy();
	}
}
