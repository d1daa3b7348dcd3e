import type { ReadonlySignal } from "@preact/signals";
import type { ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import { openClientSocket } from "./client-socket.ts";
import { createDelayedFlag } from "./delayed-flag.ts";
import { alwaysVisible, type PageLifecycle } from "./page-lifecycle.ts";
import { type ConnectionStatus, Reconnector } from "./reconnector.ts";
import type { DataOf, PayloadOf, RequestName, RequestOptions } from "./requests.ts";
import { forgetful, type TransportMemory } from "./transport-memory.ts";

const REQUEST_TIMEOUT_MS = 10_000;
/** Shorter interruptions are not shown, and a message may be without an ack for this long. */
const RECONNECTING_AFTER_MS = 4_000;
/** An open connection keeps the server's machine running, so a hidden tab closes it. */
const SLEEP_AFTER_MS = 5 * 60_000;
/** After the page was hidden for this long, the connection is checked before it is used. */
const CHECK_AFTER_HIDDEN_MS = 30_000;

/** The connection to the server: events, acks and reconnecting, without their meaning. */
export type ServerConnection = {
	readonly status: ReadonlySignal<ConnectionStatus>;
	/** True at once without a network, and once the connection, or the ack of a message, has been missing for some seconds. */
	readonly reconnecting: ReadonlySignal<boolean>;
	/** The reason for the status `refused`. */
	readonly refusal: ReadonlySignal<Refusal | undefined>;
	/** Connects with the cookie of the session. Has no effect on an open connection. */
	open(): void;
	/** Disconnects until the next {@link open}. */
	close(): void;
	/** Makes the next attempt at once. */
	retry(): void;
	/** Never rejects: without a connection, or without an ack in time, it returns a retryable refusal. Nothing is queued. */
	request<E extends RequestName>(event: E, payload: PayloadOf<E>, options?: RequestOptions<E>): Promise<Ack<DataOf<E>>>;
	/** Sends an event that may be lost. */
	emit(event: "typing:start" | "typing:stop", payload: PayloadOf<"typing:start">): void;
	/** Adds a listener, like the three below. Returns a function that removes it. */
	on<E extends keyof ServerToClientEvents>(event: E, listener: ServerToClientEvents[E]): () => void;
	/** Called on each new connection, before any event arrives on it. */
	onConnect(listener: () => void): () => void;
	/** Called when the connection ends, before open requests are answered. */
	onDisconnect(listener: () => void): () => void;
	/** Called when the device or the page woke while the connection looks alive. */
	onWake(listener: () => void): () => void;
};

export type ServerConnectionOptions = {
	/** Origin of the server. Default: the origin of the page. */
	url?: string;
	/** Sent with every request, for programs that have no cookie jar. */
	headers?: Record<string, string>;
	/** Default: a page that is always visible. */
	lifecycle?: PageLifecycle;
	/** Reloads the page because the server has a newer protocol. Returns false if that was tried already. */
	reload?: () => boolean;
	/** A page that is hidden for this long disconnects. Default: 5 minutes. */
	sleepAfterMs?: number;
	/** Time after which `reconnecting` is true. Default: 4 seconds. */
	reconnectingAfterMs?: number;
	/** Returns a number in [0, 1), like `Math.random`. */
	random?: () => number;
	/** Default: nothing is remembered. */
	transports?: TransportMemory;
};

export function createServerConnection(options: ServerConnectionOptions = {}): ServerConnection {
	const { url, headers, lifecycle = alwaysVisible, reload = () => false, random = Math.random } = options;
	const {
		sleepAfterMs = SLEEP_AFTER_MS,
		reconnectingAfterMs = RECONNECTING_AFTER_MS,
		transports = forgetful,
	} = options;
	const events = new Map<string, Set<(payload: never) => void>>();
	const [connects, disconnects, wakes] = [new Set<() => void>(), new Set<() => void>(), new Set<() => void>()];
	const reconnecting = createDelayedFlag(reconnectingAfterMs);

	const reconnector = new Reconnector({
		connect: (attempt) => openClientSocket({ url, headers, ...attempt, received }),
		onConnect() {
			reconnecting.clear();
			callAll(connects);
		},
		onDisconnect() {
			if (["connecting", "lost", "draining"].includes(reconnector.status.peek())) reconnecting.start();
			else reconnecting.clear();
			callAll(disconnects);
		},
		reload,
		random,
		transports,
	});

	function received(name: keyof ServerToClientEvents, payload: unknown): void {
		responded();
		if (name === "server:draining") reconnector.reconnectWithin((payload as { retryAfterMs: number }).retryAfterMs);
		for (const listener of events.get(name) ?? []) listener(payload as never);
	}

	/** The server has sent something: the connection works after all. */
	function responded(): void {
		if (reconnector.status.peek() === "online") reconnecting.clear();
	}

	/** Replaces the connection, which would look alive until the next ping. */
	function wentOffline(): void {
		const { socket } = reconnector;
		if (socket) reconnector.replace(socket);
		if (["connecting", "lost", "draining"].includes(reconnector.status.peek())) reconnecting.raise();
	}

	function wake(): void {
		if (reconnector.socket) callAll(wakes);
		else reconnector.retry();
	}

	/** Other users see that this one has left: nobody reads a page that is hidden for long, or that was left. */
	function sleep(): void {
		if (reconnector.status.peek() !== "refused") reconnector.stop("asleep");
	}

	function wakeUp(): void {
		if (reconnector.status.peek() === "asleep") reconnector.start();
	}

	let hiddenSince = 0;
	let sleepTimer: ReturnType<typeof setTimeout> | undefined;
	function hiddenChanged(): void {
		clearTimeout(sleepTimer);
		if (lifecycle.hidden()) {
			hiddenSince = Date.now();
			sleepTimer = setTimeout(sleep, sleepAfterMs);
		} else if (reconnector.status.peek() === "asleep") wakeUp();
		else if (!reconnector.socket || Date.now() - hiddenSince > CHECK_AFTER_HIDDEN_MS) wake();
	}

	let stopWatching: (() => void)[] = [];

	return {
		status: reconnector.status,
		refusal: reconnector.refusal,
		reconnecting: reconnecting.raised,
		open() {
			if (reconnector.status.peek() !== "closed" && reconnector.status.peek() !== "refused") return;
			reconnector.start();
			if (stopWatching.length > 0) return;
			stopWatching = [
				lifecycle.onHiddenChange(hiddenChanged),
				lifecycle.onWake(wake),
				lifecycle.onOffline(wentOffline),
				lifecycle.onLeave(sleep),
				lifecycle.onReturn(wakeUp),
			];
			if (lifecycle.hidden()) hiddenChanged();
		},
		close() {
			for (const stop of stopWatching) stop();
			stopWatching = [];
			clearTimeout(sleepTimer);
			reconnector.stop("closed");
		},
		retry: () => reconnector.retry(),
		request(event, payload, { timeoutMs = REQUEST_TIMEOUT_MS, reconnectOnTimeout = false, onAck } = {}) {
			type Result = Ack<DataOf<typeof event>>;
			return new Promise<Result>((resolve) => {
				const settle = (ack: Ack<unknown>) => {
					onAck?.(ack as Result);
					resolve(ack as Result);
				};
				const { socket } = reconnector;
				if (!socket) return settle(unavailable("You're offline. Try again when you're back online."));
				const isDelayed = () => socket === reconnector.socket && reconnecting.raise();
				const delayed = event === "message:send" ? setTimeout(isDelayed, reconnectingAfterMs) : undefined;
				socket.request(event, payload, timeoutMs, (ack) => {
					clearTimeout(delayed);
					if (typeof ack !== "string") responded();
					if (ack === "late" && reconnectOnTimeout) reconnector.replace(socket);
					settle(typeof ack === "string" ? unavailable(NO_ACK[ack]) : ack);
				});
			});
		},
		emit: (event, payload) => reconnector.socket?.emit(event, payload),
		on(event, listener) {
			const listeners = events.get(event) ?? new Set();
			events.set(event, listeners);
			return add(listeners as Set<typeof listener>, listener);
		},
		onConnect: (listener) => add(connects, listener),
		onDisconnect: (listener) => add(disconnects, listener),
		onWake: (listener) => add(wakes, listener),
	};
}

const NO_ACK = {
	late: "The server didn't answer in time. Try again.",
	broken: "The connection was lost. Try again.",
};

function unavailable(message: string): Ack<never> {
	return { ok: false, error: { code: "unavailable", message, retryable: true } };
}

function callAll(listeners: Set<() => void>): void {
	for (const listener of listeners) listener();
}

function add<T>(set: Set<T>, item: T): () => void {
	set.add(item);
	return () => set.delete(item);
}
