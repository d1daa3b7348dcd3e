import { once } from "node:events";
import {
	createServer,
	request as httpRequest,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";

/** A WebSocket of the page, and its counterpart to the server. */
type Pair = { near: WebSocket; far: WebSocket };
type Held = { to: WebSocket; packet: string };

/** Acks and log entries. Other packets, such as heartbeats, always pass. */
const isAckOrEntry = (packet: string) => packet.startsWith("43") || packet.startsWith('42["room:appended"');
const isRequest = (packet: string) => /^42\d/.test(packet);

/**
 * An unreliable network between a page and a real server. It holds, reorders, duplicates and drops single Socket.IO
 * packets in both directions, and terminates connections. It forwards HTTP to the API only, which rules out polling.
 */
export class PacketProxy {
	readonly #target: string;
	readonly #http: Server;
	readonly #upgrader = new WebSocketServer({ noServer: true });
	readonly #pairs = new Set<Pair>();
	/** Ids of the acks that the server owes, by connection. */
	readonly #unanswered = new Map<WebSocket, Set<string>>();
	#packets: Held[] = [];
	#requests: Held[] = [];
	/** Whether new connections are accepted. */
	isOpen = true;
	/** Whether packets of the server are held. */
	holdsPackets = false;
	/** Whether requests of the page are held. */
	holdsRequests = false;

	private constructor(target: string) {
		this.#target = target;
		this.#http = createServer((request, response) => this.#forward(request, response));
		this.#http.on("upgrade", (request, socket, head) => this.#connect(request, socket, head));
	}

	static async open(target: string): Promise<PacketProxy> {
		const proxy = new PacketProxy(target);
		proxy.#http.listen(0, "127.0.0.1");
		await once(proxy.#http, "listening");
		return proxy;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
	}

	/** Delivers the held packet at `index` (modulo their number) before the others. */
	deliver(index: number): void {
		const [held] = this.#packets.splice(index % Math.max(1, this.#packets.length), 1);
		if (held) pass(held);
	}

	/** Queues a copy of the held packet after the others. */
	duplicate(index: number): void {
		const held = this.#packets[index % Math.max(1, this.#packets.length)];
		if (held) this.#packets.push(held);
	}

	/** Drops the held packet. */
	lose(index: number): void {
		this.#packets.splice(index % Math.max(1, this.#packets.length), 1);
	}

	releasePackets(): void {
		this.holdsPackets = false;
		for (const held of this.#packets.splice(0)) pass(held);
	}

	releaseRequests(): void {
		this.holdsRequests = false;
		for (const held of this.#requests.splice(0)) this.#forwardRequest(held);
	}

	/** Drops the held requests. */
	loseRequests(): void {
		this.#requests = [];
	}

	/** Terminates every connection. */
	terminate(): void {
		for (const { near, far } of this.#pairs) for (const end of [near, far]) end.terminate();
		this.#requests = [];
	}

	/** Terminates the page's ends. Held requests may still reach the server after the page has reconnected. */
	orphan(): void {
		for (const { near } of this.#pairs) near.terminate();
	}

	/** Resolves when the server has answered all requests, or after `timeoutMs`. */
	async waitForAcks(timeoutMs: number): Promise<void> {
		for (const deadline = performance.now() + timeoutMs; performance.now() < deadline; ) {
			await new Promise((resolve) => setTimeout(resolve, 1));
			if ([...this.#unanswered.values()].every((ids) => ids.size === 0)) return;
		}
	}

	close(): void {
		this.terminate();
		this.#http.closeAllConnections();
		this.#http.close();
	}

	#forward(request: IncomingMessage, response: ServerResponse): void {
		const { method, url, headers } = request;
		if (!this.isOpen || !url?.startsWith("/api/")) return void response.writeHead(503).end();
		const onward = httpRequest(this.#target + url, { method, headers }, (upstream) => {
			response.writeHead(upstream.statusCode!, upstream.headers);
			upstream.pipe(response);
		});
		onward.on("error", () => response.destroy());
		request.pipe(onward);
	}

	#connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		if (!this.isOpen) return void socket.destroy();
		const far = new WebSocket(this.#target.replace(/^http/, "ws") + request.url, {
			headers: { cookie: request.headers.cookie ?? "" },
		});
		this.#unanswered.set(far, new Set());
		this.#upgrader.handleUpgrade(request, socket, head, (near) => {
			const pair = { near, far };
			this.#pairs.add(pair);
			const early: string[] = [];
			near.on("message", (data: Buffer) => {
				const packet = data.toString();
				if (far.readyState === WebSocket.CONNECTING) early.push(packet);
				else if (this.holdsRequests && isRequest(packet)) this.#requests.push({ to: far, packet });
				else this.#forwardRequest({ to: far, packet });
			});
			far.on("open", () => early.forEach((packet) => void far.send(packet)));
			far.on("message", (data: Buffer) => {
				const packet = data.toString();
				const [, id] = /^43(\d+)/.exec(packet) ?? [];
				if (id !== undefined) this.#unanswered.get(far)?.delete(id);
				if (this.holdsPackets && isAckOrEntry(packet)) this.#packets.push({ to: near, packet });
				else pass({ to: near, packet });
			});
			for (const end of [near, far]) end.on("error", () => end.terminate());
			far.on("close", () => {
				this.#pairs.delete(pair);
				this.#unanswered.delete(far);
				near.terminate();
			});
			near.on("close", () => {
				this.#packets = this.#packets.filter(({ to }) => to !== near);
				if (!this.#requests.some(({ to }) => to === far)) far.terminate();
			});
		});
	}

	#forwardRequest(held: Held): void {
		const [, id] = /^42(\d+)/.exec(held.packet) ?? [];
		if (id !== undefined) this.#unanswered.get(held.to)?.add(id);
		pass(held);
	}
}

function pass({ to, packet }: Held): void {
	if (to.readyState === WebSocket.OPEN) to.send(packet);
}
