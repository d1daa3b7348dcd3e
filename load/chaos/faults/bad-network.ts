import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Random } from "../schedule/random.ts";
import { drawAilment, join, WELL } from "./unwell-line.ts";

/** A TCP proxy in front of a server. While it is bad, each of its lines is unwell in its own way, drawn by lot. */
export class BadNetwork implements Disposable {
	resets = 0;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	#isBad = false;

	constructor(target: string, random: Random) {
		const { hostname, port } = new URL(target);
		this.#server = createServer({ noDelay: true }, (client) => {
			const upstream = connect({ port: Number(port), host: hostname, noDelay: true });
			for (const socket of [client, upstream]) {
				this.#sockets.add(socket);
				socket.on("close", () => this.#sockets.delete(socket));
			}
			join([client, upstream], this.#isBad ? drawAilment(random) : WELL, random, () => this.resets++);
		});
	}

	async listen(): Promise<string> {
		this.#server.listen(0, "127.0.0.1");
		await once(this.#server, "listening");
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Good to begin with. Those who are on it lose their lines at a change, and find it changed. */
	set isBad(isBad: boolean) {
		this.#isBad = isBad;
		for (const socket of this.#sockets) socket.resetAndDestroy();
	}

	[Symbol.dispose](): void {
		for (const socket of this.#sockets) socket.destroy();
		this.#server.close();
	}
}
