import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";

/** A WebSocket of the page's, and the one to the server that stands for it. */
type Pair = { near: WebSocket; far: WebSocket };
type Held = { to: WebSocket; packet: string };

/** What the model's truth hangs on; the rest, such as heartbeats, always passes. */
const isOfTheLog = (packet: string) => packet.startsWith("43") || packet.startsWith('42["room:appended"');
const isRequest = (packet: string) => /^42\d/.test(packet);

/**
 * A network between a page and a real server that takes Socket.IO's packets one by one: it can hold them, let them
 * overtake each other, double and lose them, in both directions, and break lines. Of HTTP it carries the API alone, so that there is no other way.
 */
export class PacketLine {
	readonly #target: string;
	readonly #http: Server;
	readonly #upgrader = new WebSocketServer({ noServer: true });
	readonly #pairs = new Set<Pair>();
	/** Passed on to the server, and not answered: `<line>/<number of the ack>`. */
	readonly #unanswered = new Map<WebSocket, Set<string>>();
	#answers: Held[] = [];
	#requests: Held[] = [];
	/** Whether new lines are let through. */
	isOpen = true;
	/** Whether what the server says of the log waits, and what the page asks. */
	holdsAnswers = false;
	holdsRequests = false;

	private constructor(target: string) {
		this.#target = target;
		this.#http = createServer((asked, response) => this.#forward(asked, response));
		this.#http.on("upgrade", (asked, socket, head) => this.#connect(asked, socket, head));
	}

	static async open(target: string): Promise<PacketLine> {
		const line = new PacketLine(target);
		line.#http.listen(0, "127.0.0.1");
		await once(line.#http, "listening");
		return line;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
	}

	/** Lets the held packet at `index`, counted round and round, through before the others. */
	deliver(index: number): void {
		const [held] = this.#answers.splice(index % Math.max(1, this.#answers.length), 1);
		if (held) pass(held);
	}

	/** The held packet comes a second time, behind the others. */
	double(index: number): void {
		const held = this.#answers[index % Math.max(1, this.#answers.length)];
		if (held) this.#answers.push(held);
	}

	/** The held packet never comes. */
	lose(index: number): void {
		this.#answers.splice(index % Math.max(1, this.#answers.length), 1);
	}

	releaseAnswers(): void {
		this.holdsAnswers = false;
		for (const held of this.#answers.splice(0)) pass(held);
	}

	releaseRequests(): void {
		this.holdsRequests = false;
		for (const held of this.#requests.splice(0)) this.#ask(held);
	}

	/** What the page has asked and the server not seen never comes. */
	loseRequests(): void {
		this.#requests = [];
	}

	/** Breaks every line. */
	cut(): void {
		for (const { near, far } of this.#pairs) for (const end of [near, far]) end.terminate();
		this.#requests = [];
	}

	/** The page's ends break; at the server's, what is held may still arrive when the page is back by another line. */
	orphan(): void {
		for (const { near } of this.#pairs) near.terminate();
	}

	/** Resolves once the server has answered what it has seen, or not within a moment. */
	async calm(withinMs: number): Promise<void> {
		for (const deadline = performance.now() + withinMs; performance.now() < deadline; ) {
			await new Promise((resolve) => setTimeout(resolve, 1));
			if ([...this.#unanswered.values()].every((asked) => asked.size === 0)) return;
		}
	}

	close(): void {
		this.cut();
		this.#http.closeAllConnections();
		this.#http.close();
	}

	#forward(asked: IncomingMessage, response: ServerResponse): void {
		const { method, url, headers } = asked;
		if (!this.isOpen || !url?.startsWith("/api/")) return void response.writeHead(503).end();
		const onward = request(this.#target + url, { method, headers }, (answer) => {
			response.writeHead(answer.statusCode!, answer.headers);
			answer.pipe(response);
		});
		onward.on("error", () => response.destroy());
		asked.pipe(onward);
	}

	#connect(asked: IncomingMessage, socket: Duplex, head: Buffer): void {
		if (!this.isOpen) return void socket.destroy();
		const far = new WebSocket(this.#target.replace(/^http/, "ws") + asked.url, {
			headers: { cookie: asked.headers.cookie ?? "" },
		});
		this.#unanswered.set(far, new Set());
		this.#upgrader.handleUpgrade(asked, socket, head, (near) => {
			const pair = { near, far };
			this.#pairs.add(pair);
			const early: string[] = [];
			near.on("message", (data: Buffer) => {
				const packet = data.toString();
				if (far.readyState === WebSocket.CONNECTING) early.push(packet);
				else if (this.holdsRequests && isRequest(packet)) this.#requests.push({ to: far, packet });
				else this.#ask({ to: far, packet });
			});
			far.on("open", () => early.forEach((packet) => void far.send(packet)));
			far.on("message", (data: Buffer) => {
				const packet = data.toString();
				const [, answered] = /^43(\d+)/.exec(packet) ?? [];
				if (answered !== undefined) this.#unanswered.get(far)?.delete(answered);
				if (this.holdsAnswers && isOfTheLog(packet)) this.#answers.push({ to: near, packet });
				else pass({ to: near, packet });
			});
			for (const end of [near, far]) end.on("error", () => end.terminate());
			far.on("close", () => {
				this.#pairs.delete(pair);
				this.#unanswered.delete(far);
				near.terminate();
			});
			near.on("close", () => {
				this.#answers = this.#answers.filter(({ to }) => to !== near);
				if (!this.#requests.some(({ to }) => to === far)) far.terminate();
			});
		});
	}

	#ask(held: Held): void {
		const [, asked] = /^42(\d+)/.exec(held.packet) ?? [];
		if (asked !== undefined) this.#unanswered.get(held.to)?.add(asked);
		pass(held);
	}
}

function pass({ to, packet }: Held): void {
	if (to.readyState === WebSocket.OPEN) to.send(packet);
}
