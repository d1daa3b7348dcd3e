import { type ReadonlySignal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { backoffMs } from "./backoff.ts";
import type { ClientSocket, ClientSocketOptions, Transport } from "./client-socket.ts";
import type { TransportMemory } from "./transport-memory.ts";

/**
 * - `closed`: no connection is wanted.
 * - `connecting`: the first attempt is under way.
 * - `online`: connected.
 * - `lost`: the connection broke, and attempts to reconnect are under way.
 * - `draining`: the server is about to stop; a new connection follows shortly.
 * - `asleep`: closed because the page has been hidden for long; reconnects when the page is visible again.
 * - `refused`: the server rejected the connection permanently. `refusal` has the reason. No further attempts.
 */
export type ConnectionStatus = "closed" | "connecting" | "online" | "lost" | "draining" | "asleep" | "refused";

type AttemptOptions = "transport" | "timeoutMs" | "connected" | "transportWorks" | "disconnected";

export type ReconnectorOptions = {
	/** Makes one attempt. */
	connect(attempt: Pick<ClientSocketOptions, AttemptOptions>): ClientSocket;
	transports: TransportMemory;
	onConnect(): void;
	/** Called when a connection is wanted and there is none, or when the connection ends. */
	onDisconnect(): void;
	/** Reloads the page for a newer protocol. Returns false if that was tried already. */
	reload(): boolean;
	/** Returns a number in [0, 1), like `Math.random`. */
	random(): number;
};

const CONNECT_TIMEOUT_MS = 10_000;
/** Some networks accept WebSockets and then pass nothing on. Where none has worked yet, polling is tried after this long. */
const UNPROVEN_WEBSOCKET_TIMEOUT_MS = 2_000;

/** Keeps one connection up while it is wanted, and reconnects with a random delay when it breaks. */
export class Reconnector {
	readonly #options: ReconnectorOptions;
	readonly #status = signal<ConnectionStatus>("closed");
	readonly #refusal = signal<Refusal | undefined>();
	#socket: ClientSocket | undefined;
	#failures = 0;
	/** The transport to try: the one that worked last, and the other one after a failed attempt. */
	#transport: Transport;
	/** The transport that worked last. */
	#proven: Transport | undefined;
	#nextAttempt: ReturnType<typeof setTimeout> | undefined;

	constructor(options: ReconnectorOptions) {
		this.#options = options;
		this.#proven = options.transports.last();
		this.#transport = this.#proven ?? "websocket";
	}

	get status(): ReadonlySignal<ConnectionStatus> {
		return this.#status;
	}

	/** The reason for the status `refused`. */
	get refusal(): ReadonlySignal<Refusal | undefined> {
		return this.#refusal;
	}

	/** The connected socket; undefined while there is none. */
	get socket(): ClientSocket | undefined {
		return this.#socket?.isConnected() ? this.#socket : undefined;
	}

	/** Connects, and stays connected until {@link stop}. */
	start(): void {
		this.#failures = 0;
		this.#refusal.value = undefined;
		this.#status.value = "connecting";
		this.#options.onDisconnect();
		this.#attempt();
	}

	/** Disconnects, and makes no further attempts. */
	stop(status: "closed" | "asleep"): void {
		this.#refusal.value = undefined;
		this.#end(status);
	}

	/** Makes the next attempt at once, unless one is under way or the connection is up. */
	retry(): void {
		const status = this.#status.peek();
		if (status === "refused") this.start();
		else if (this.#socket === undefined && (status === "lost" || status === "connecting")) this.#attempt();
	}

	/** Terminates a socket that does not answer, and makes a new attempt at once. */
	replace(socket: ClientSocket): void {
		if (socket === this.#socket) this.#attempt();
	}

	/** Reconnects at a random moment within `ms`, as a draining server asks for. */
	reconnectWithin(ms: number): void {
		if (this.#status.peek() !== "online") return;
		this.#status.value = "draining";
		this.#attemptIn(this.#options.random() * ms);
	}

	#attempt(): void {
		clearTimeout(this.#nextAttempt);
		const last = this.#socket;
		this.#socket = undefined;
		if (this.#status.peek() !== "connecting") this.#status.value = "lost";
		if (last) this.#options.onDisconnect();
		last?.terminate();
		const transport = this.#transport;
		const isUnproven = transport === "websocket" && this.#proven !== "websocket";
		this.#socket = this.#options.connect({
			transport,
			timeoutMs: isUnproven ? UNPROVEN_WEBSOCKET_TIMEOUT_MS : CONNECT_TIMEOUT_MS,
			connected: () => {
				this.#failures = 0;
				this.#status.value = "online";
				this.#options.onConnect();
			},
			transportWorks: (works) => {
				this.#transport = works;
				this.#proven = works;
				this.#options.transports.remember(works);
			},
			disconnected: (refusal) => this.#disconnected(refusal),
		});
	}

	#disconnected(refusal: Refusal | undefined): void {
		const wasConnected = this.#status.peek() === "online" || this.#status.peek() === "draining";
		this.#socket = undefined;
		if (refusal?.code === "stale_client" && this.#options.reload()) return;
		if (refusal && !refusal.retryable) {
			this.#refusal.value = refusal;
			this.#end("refused");
			return;
		}
		const isBlocked = !wasConnected && refusal === undefined;
		if (isBlocked) this.#transport = this.#transport === "websocket" ? "polling" : "websocket";
		// A draining server has set the time of the next attempt, whether it stops before or after that.
		if (this.#status.peek() !== "draining") {
			if (this.#status.peek() === "online") this.#status.value = "lost";
			// Polling is the second half of the same attempt.
			if (isBlocked && this.#transport === "polling") this.#attemptIn(0);
			else this.#attemptIn((refusal?.retryAfterMs ?? 0) + backoffMs(this.#failures++, this.#options.random));
		}
		this.#options.onDisconnect();
	}

	#attemptIn(ms: number): void {
		clearTimeout(this.#nextAttempt);
		this.#nextAttempt = setTimeout(() => this.#attempt(), ms);
	}

	#end(status: "closed" | "asleep" | "refused"): void {
		clearTimeout(this.#nextAttempt);
		const last = this.#socket;
		this.#socket = undefined;
		this.#status.value = status;
		this.#options.onDisconnect();
		last?.disconnect();
	}
}
