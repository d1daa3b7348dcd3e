import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type Balancer = { url: string; close(): void };

/** Opens a round-robin TCP balancer: each new connection goes to the next process. */
export async function openBalancer(urls: readonly string[]): Promise<Balancer> {
	const targets = urls.map((url) => new URL(url));
	const sockets = new Set<Socket>();
	let turns = 0;
	const server = createServer({ noDelay: true }, (near) => {
		const { hostname, port } = targets[turns++ % targets.length]!;
		const far = connect({ host: hostname, port: Number(port), noDelay: true });
		near.pipe(far);
		far.pipe(near);
		for (const [one, other] of [
			[near, far],
			[far, near],
		] as const) {
			sockets.add(one);
			one.on("error", () => {}); // its close follows
			one.on("close", () => {
				sockets.delete(one);
				other.destroy();
			});
		}
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close() {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}
