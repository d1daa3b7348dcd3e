import type { ReadonlySignal } from "@preact/signals";
import type { ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import { Comeback, type Status } from "./comeback.ts";
import { openLine } from "./line.ts";
import { alwaysSeen, type PageLife } from "./page-life.ts";
import { createPatience } from "./patience.ts";
import type { DataOf, PayloadOf, RequestName, RequestOptions } from "./requests.ts";

const REQUEST_TIMEOUT_MS = 10_000;
/** Shorter absences are nobody's business. */
const RECONNECTING_AFTER_MS = 4_000;
/** An open tab keeps a machine awake: one that nobody looks at lets go. */
const LET_GO_AFTER_MS = 5 * 60_000;
/** A line that was not looked at for this long is asked whether it lives, before anybody relies on it. */
const CHECK_AFTER_HIDDEN_MS = 30_000;

/** The line to the server. It knows events, acks and how to come back; not what they mean. */
export type Connection = {
	readonly status: ReadonlySignal<Status>;
	/** Whether people should be told that there is no line: it has been away for seconds. */
	readonly reconnecting: ReadonlySignal<boolean>;
	/** Why the status is `refused`. */
	readonly refusal: ReadonlySignal<Refusal | undefined>;
	/** Makes a line, with the session's cookie; does nothing where there is one. */
	open(): void;
	/** Lets go for good, until the next {@link open}. */
	close(): void;
	/** Tries at once instead of waiting for the next attempt. */
	retry(): void;
	/** Never rejects: without a line, or without an ack in time, it is a retryable refusal. Nothing is kept for later. */
	request<E extends RequestName>(event: E, payload: PayloadOf<E>, options?: RequestOptions<E>): Promise<Ack<DataOf<E>>>;
	/** Says something that may be lost. */
	tell(event: "typing:start" | "typing:stop", payload: PayloadOf<"typing:start">): void;
	/** Listens to the server; the answer stops it. */
	on<E extends keyof ServerToClientEvents>(event: E, listener: ServerToClientEvents[E]): () => void;
	/** Called each time a new line is up, before anything arrives on it; the answer stops it. */
	onUp(listener: () => void): () => void;
	/** Called each time there is no line any more, before the requests under way are answered; the answer stops it. */
	onDown(listener: () => void): () => void;
	/** Called when the device or the page woke on a line that looks alive; the answer stops it. */
	onWake(listener: () => void): () => void;
};

export type ConnectionOptions = {
	/** The server's origin; the page's own unless told. */
	url?: string;
	/** Sent with every request, where the platform allows it: programs have no cookie jar. */
	headers?: Record<string, string>;
	/** When the page is hidden, seen again or woken; a page that is always seen unless told. */
	life?: PageLife;
	/** Reloads the page because the server speaks a newer protocol; answers false where that was tried already. */
	reload?: () => boolean;
	/** A page that is hidden for so long lets go of its line; 5 minutes unless told. */
	letGoAfterMs?: number;
	/** From 0 up to 1, as `Math.random`. */
	random?: () => number;
};

export function createConnection(options: ConnectionOptions = {}): Connection {
	const { url, headers, life = alwaysSeen, reload = () => false, random = Math.random } = options;
	const { letGoAfterMs = LET_GO_AFTER_MS } = options;
	const events = new Map<string, Set<(payload: never) => void>>();
	const [ups, downs, wakes] = [new Set<() => void>(), new Set<() => void>(), new Set<() => void>()];
	const patience = createPatience(RECONNECTING_AFTER_MS);

	const comeback = new Comeback({
		dial: (attempt) => openLine({ url, headers, ...attempt, event: heard }),
		onUp() {
			patience.end();
			callAll(ups);
		},
		onDown() {
			if (["connecting", "lost", "draining"].includes(comeback.status.peek())) patience.wait();
			else patience.end();
			callAll(downs);
		},
		reload,
		random,
	});

	function heard(name: keyof ServerToClientEvents, payload: unknown): void {
		if (name === "server:draining") comeback.drain((payload as { retryAfterMs: number }).retryAfterMs);
		for (const listener of events.get(name) ?? []) listener(payload as never);
	}

	function wake(): void {
		if (comeback.line) callAll(wakes);
		else comeback.hurry();
	}

	let hiddenSince = 0;
	let letGo: ReturnType<typeof setTimeout> | undefined;
	function hiddenChanged(): void {
		clearTimeout(letGo);
		if (life.hidden()) {
			hiddenSince = Date.now();
			letGo = setTimeout(() => comeback.status.peek() !== "refused" && comeback.end("asleep"), letGoAfterMs);
		} else if (comeback.status.peek() === "asleep") comeback.begin();
		else if (!comeback.line || Date.now() - hiddenSince > CHECK_AFTER_HIDDEN_MS) wake();
	}

	let stopWatching: (() => void)[] = [];

	return {
		status: comeback.status,
		refusal: comeback.refusal,
		reconnecting: patience.over,
		open() {
			if (comeback.status.peek() !== "closed" && comeback.status.peek() !== "refused") return;
			comeback.begin();
			if (stopWatching.length > 0) return;
			stopWatching = [life.onHiddenChange(hiddenChanged), life.onWake(wake)];
			if (life.hidden()) hiddenChanged();
		},
		close() {
			for (const stop of stopWatching) stop();
			stopWatching = [];
			clearTimeout(letGo);
			comeback.end("closed");
		},
		retry: () => comeback.hurry(),
		request(event, payload, { timeoutMs = REQUEST_TIMEOUT_MS, vital = false, answered } = {}) {
			type Answer = Ack<DataOf<typeof event>>;
			return new Promise<Answer>((resolve) => {
				const answer = (ack: Ack<unknown>) => {
					answered?.(ack as Answer);
					resolve(ack as Answer);
				};
				const line = comeback.line;
				if (!line) return answer(unavailable("You're offline. Try again when you're back online."));
				line.request(event, payload, timeoutMs, (ack) => {
					if (ack === "late" && vital) comeback.replace(line);
					answer(typeof ack === "string" ? unavailable(NO_ANSWER[ack]) : ack);
				});
			});
		},
		tell: (event, payload) => comeback.line?.tell(event, payload),
		on(event, listener) {
			const listeners = events.get(event) ?? new Set();
			events.set(event, listeners);
			return add(listeners as Set<typeof listener>, listener);
		},
		onUp: (listener) => add(ups, listener),
		onDown: (listener) => add(downs, listener),
		onWake: (listener) => add(wakes, listener),
	};
}

const NO_ANSWER = {
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
