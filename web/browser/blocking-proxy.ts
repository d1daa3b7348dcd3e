import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export type BlockingProxy = {
	url: string;
	/** Number of rejected WebSocket upgrades. */
	readonly refusedUpgrades: number;
	close(): void;
};

/** Opens a proxy that forwards HTTP and rejects WebSockets, like some corporate proxies. */
export async function openBlockingProxy(target: string): Promise<BlockingProxy> {
	const { hostname, port } = new URL(target);
	let refusedUpgrades = 0;
	const proxy = createServer((asked, answer) => {
		const { method, url: path, headers } = asked;
		const onward = request({ hostname, port, method, path, headers }, (answered) => {
			answer.writeHead(answered.statusCode ?? 502, answered.headers);
			answered.pipe(answer);
		});
		onward.on("error", () => answer.destroy());
		answer.on("close", () => onward.destroy());
		asked.pipe(onward);
	});
	proxy.on("upgrade", (_asked, socket) => {
		refusedUpgrades++;
		socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	});
	await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
		get refusedUpgrades() {
			return refusedUpgrades;
		},
		close() {
			proxy.closeAllConnections();
			proxy.close();
		},
	};
}
