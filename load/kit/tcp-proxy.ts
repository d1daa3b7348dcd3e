import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Connects the sockets of a client and of a server, both paused or new. By default they are piped both ways. */
export type Join = (client: Socket, upstream: Socket) => void;

/**
 * A TCP proxy on 127.0.0.1 in front of one or several servers. Each connection goes to the next server, and past one
 * that does not accept it.
 */
export class TcpProxy implements Disposable {
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	#next = 0;

	private constructor(targets: readonly string[], join: Join) {
		const addresses = targets.map((target) => new URL(target));
		this.#server = createServer({ noDelay: true, pauseOnConnect: true }, (client) => {
			this.#track(client);
			const attempt = (left: number) => {
				if (left === 0 || client.destroyed) return client.destroy();
				const { hostname, port } = addresses[this.#next++ % addresses.length]!;
				const upstream = connect({ host: hostname, port: Number(port), noDelay: true });
				const retry = () => attempt(left - 1);
				upstream.once("error", retry);
				upstream.once("connect", () => {
					upstream.off("error", retry);
					this.#track(upstream);
					if (client.destroyed) upstream.destroy();
					else join(client, upstream);
				});
			};
			attempt(addresses.length);
		});
	}

	/** Resolves with a proxy that listens on a free port. */
	static async open(targets: readonly string[], join: Join = pipeBothWays): Promise<TcpProxy> {
		const proxy = new TcpProxy(targets, join);
		proxy.#server.listen(0, "127.0.0.1");
		await once(proxy.#server, "listening");
		return proxy;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Resets every connection. */
	resetAll(): void {
		for (const socket of this.#sockets) socket.resetAndDestroy();
	}

	[Symbol.dispose](): void {
		this.#server.close();
		for (const socket of this.#sockets) socket.destroy();
	}

	#track(socket: Socket): void {
		this.#sockets.add(socket);
		socket.on("error", () => undefined);
		socket.once("close", () => this.#sockets.delete(socket));
	}
}

function pipeBothWays(client: Socket, upstream: Socket): void {
	client.once("close", () => upstream.destroy());
	upstream.once("close", () => client.destroy());
	client.pipe(upstream).pipe(client);
}
