import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

/** A network between a client and a server, which a test can make worse. */
export type Tunnel = {
	url: string;
	/** Where it leads from now on. */
	leadTo(url: string): void;
	/** Breaks every line. */
	cut(): void;
	/** Nothing gets through any more, and nobody is told; new lines are fine. */
	freeze(): void;
	/** What the server says gets through no more; new lines are fine. */
	muteServer(): void;
	/** New lines are refused, until it is opened again. */
	setOpen(open: boolean): void;
	/** Breaks whatever asks for a WebSocket, as some proxies do. */
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
	const cut = () => {
		for (const [near, far] of pairs) {
			near.destroy();
			far.destroy();
		}
	};
	t.after(() => {
		cut();
		server.close();
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		leadTo(to) {
			target = new URL(to);
		},
		cut,
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
