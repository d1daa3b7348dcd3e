import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";

/** A plain balancer: each connection goes to the next server, and past one that does not answer. It knows no stickiness. */
export class RoundRobin {
	readonly #server: Server;
	#next = 0;

	constructor(ports: readonly number[]) {
		this.#server = createServer((client) => {
			client.on("error", () => client.destroy());
			client.pause();
			const attempt = (left: number) => {
				if (left === 0) {
					client.destroy();
					return;
				}
				const server = connect(ports[this.#next++ % ports.length]!, "127.0.0.1");
				server.once("error", () => attempt(left - 1));
				server.once("connect", () => {
					server.removeAllListeners("error");
					server.on("error", () => client.destroy());
					client.on("close", () => server.destroy());
					server.on("close", () => client.destroy());
					client.pipe(server).pipe(client);
				});
			};
			attempt(ports.length);
		});
	}

	async listen(): Promise<string> {
		this.#server.listen(0, "127.0.0.1");
		await once(this.#server, "listening");
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	close(): void {
		this.#server.close();
	}
}
