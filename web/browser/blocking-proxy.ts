import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

export type BlockingProxy = {
	url: string;
	/** Number of WebSocket upgrades that were rejected, or accepted and not passed on. */
	readonly refusedUpgrades: number;
	close(): void;
};

/**
 * Opens a proxy that forwards HTTP and rejects WebSockets, like some corporate proxies. `isSilent`: it accepts them and
 * passes nothing on.
 */
export async function openBlockingProxy(target: string, { isSilent = false } = {}): Promise<BlockingProxy> {
	const { hostname, port } = new URL(target);
	let refusedUpgrades = 0;
	const silent = new Set<Duplex>();
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
	proxy.on("upgrade", (asked, socket) => {
		refusedUpgrades++;
		socket.on("error", () => {});
		if (isSilent) {
			silent.add(socket);
			socket.write(acceptance(asked));
		} else socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	});
	await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
		get refusedUpgrades() {
			return refusedUpgrades;
		},
		close() {
			for (const socket of silent) socket.destroy();
			proxy.closeAllConnections();
			proxy.close();
		},
	};
}

const WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Returns the response that accepts a WebSocket. */
export function acceptance({ headers }: IncomingMessage): string {
	const key = createHash("sha1").update(`${headers["sec-websocket-key"]}${WEBSOCKET_GUID}`).digest("base64");
	const lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
	return `${lines.join("\r\n")}\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`;
}
