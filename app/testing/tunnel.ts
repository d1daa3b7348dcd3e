import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

/** A TCP proxy between a client and a server with which a test simulates network faults. */
export type Tunnel = {
	url: string;
	/** Sets the server for new connections. */
	leadTo(url: string): void;
	/** Destroys every connection. */
	disconnect(): void;
	/** Drops all further bytes of the open connections, which stay open. New connections work. */
	freeze(): void;
	/** Drops further bytes of the server on the open connections, which stay open. New connections work. */
	muteServer(): void;
	/** Sets whether new connections are accepted. */
	setOpen(open: boolean): void;
	/** Destroys connections that request a WebSocket, as some proxies do. */
	refuseWebSockets(): void;
};

export async function openTunnel(t: TestContext, url: string): Promise<Tunnel> {
	let target = new URL(url);
	let isOpen = true;
	let webSockets = true;
	const pairs = new Set<[Socket, Socket]>();

	const server = createServer((near) => {
		if (!isOpen) return void near.destroy();
		const far = connect(Number(target.port), target.hostname);
		const pair: [Socket, Socket] = [near, far];
		pairs.add(pair);
		near.on("data", (chunk: Buffer) => {
			if (!webSockets && /^upgrade: websocket/im.test(chunk.toString("latin1"))) near.destroy();
		});
		near.pipe(far);
		far.pipe(near);
		for (const [one, other] of [pair, [far, near] as const]) {
			one.on("error", () => {});
			one.on("close", () => {
				pairs.delete(pair);
				other.destroy();
			});
		}
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const disconnect = () => {
		for (const [near, far] of pairs) {
			near.destroy();
			far.destroy();
		}
	};
	t.after(() => {
		disconnect();
		server.close();
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		leadTo(to) {
			target = new URL(to);
		},
		disconnect,
		freeze() {
			for (const [near, far] of pairs) for (const end of [near, far]) end.unpipe().resume();
		},
		muteServer() {
			for (const [, far] of pairs) far.unpipe().resume();
		},
		setOpen(open) {
			isOpen = open;
		},
		refuseWebSockets() {
			webSockets = false;
		},
	};
}
