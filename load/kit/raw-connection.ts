import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { upgradeRequest } from "./wire.ts";

const RESPONSE_TIMEOUT_MS = 10_000;
const HEAD_END = "\r\n\r\n";

/** A TCP connection to a server, over which any bytes can be sent. Ignores errors: `isOpen` is false after one. */
export class RawConnection {
	readonly socket: Socket;

	/** @param from the address of this machine from which the connection comes */
	constructor(url: string, from?: string) {
		const { hostname, port } = new URL(url);
		this.socket = connect({ host: hostname, port: Number(port), ...(from !== undefined && { localAddress: from }) });
		this.socket.on("error", () => undefined);
	}

	get isOpen(): boolean {
		return !this.socket.destroyed;
	}

	write(bytes: string | Uint8Array): void {
		if (this.isOpen) this.socket.write(bytes);
	}

	/** Resolves with whether the connection was closed within this time. */
	async closes(withinMs: number): Promise<boolean> {
		if (!this.isOpen) return true;
		// An error, too, destroys the socket.
		return await once(this.socket, "close", { signal: AbortSignal.timeout(withinMs) }).then(
			() => true,
			() => !this.isOpen,
		);
	}

	/** Requests a WebSocket of Socket.IO. Resolves with the status of the response, 0 for none, and pauses the socket. */
	async upgrade(): Promise<number> {
		this.write(upgradeRequest("chat.local"));
		return await this.status();
	}

	/** Resolves with the status of the next response, 0 for none. Pauses the socket before the bytes after the head. */
	status(): Promise<number> {
		let read = Buffer.alloc(0);
		const { promise, resolve } = Promise.withResolvers<number>();
		const none = () => resolve(0);
		const take = (chunk: Buffer) => {
			read = Buffer.concat([read, chunk]);
			const end = read.indexOf(HEAD_END);
			if (end === -1) return;
			const rest = read.subarray(end + HEAD_END.length);
			this.socket.off("data", take);
			this.socket.pause();
			if (rest.length > 0) this.socket.unshift(rest);
			resolve(Number(read.toString("latin1", 9, 12)));
		};
		const timer = setTimeout(none, RESPONSE_TIMEOUT_MS);
		this.socket.on("data", take);
		this.socket.once("close", none);
		this.socket.resume();
		return promise.finally(() => {
			clearTimeout(timer);
			this.socket.off("data", take);
			this.socket.off("close", none);
		});
	}

	destroy(): void {
		this.socket.destroy();
	}
}
