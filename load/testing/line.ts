import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Frames } from "./frames.ts";

const APPENDED = '42["room:appended",';

/** What happens to one `room:appended`: `push` sends a frame on, now or later, once or twice or never. */
export type OnAppended = (frame: Buffer, entries: number, push: (frame: Buffer) => void, line: object) => void;

/** A line in front of a server that passes everything on, but hands every `room:appended` to the test first. */
export class Line implements AsyncDisposable {
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();

	constructor(target: string, onAppended: OnAppended) {
		const { hostname, port } = new URL(target);
		this.#server = createServer((client) => {
			const upstream = connect(Number(port), hostname);
			for (const socket of [client, upstream]) {
				this.#sockets.add(socket);
				socket.on("error", () => undefined);
				socket.on("close", () => {
					this.#sockets.delete(socket);
					client.destroy();
					upstream.destroy();
				});
			}
			const frames = new Frames((frame, text, push) => {
				if (!text.startsWith(APPENDED)) return push(frame);
				const [, { entries }] = JSON.parse(text.slice(2));
				onAppended(frame, entries.length, push, client);
			});
			client.pipe(upstream);
			upstream.pipe(frames).pipe(client);
		});
	}

	listen(): Promise<string> {
		return new Promise((resolve) => {
			this.#server.listen(0, "127.0.0.1", () => {
				resolve(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
			});
		});
	}

	async [Symbol.asyncDispose](): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}
