import type { ReadonlySignal } from "@preact/signals";
import type { Ack, ClientToServerEvents, Refusal, ServerToClientEvents } from "../../app/protocol.ts";
import type { PageLife } from "./page-life.ts";

/**
 * How the line to the server is:
 * `closed`, nobody asked for one; `connecting`, the first one is being made; `online`;
 * `lost`, it broke and is being made anew; `draining`, the server is about to stop and it will be made anew shortly;
 * `asleep`, let go because the page has been hidden for long, back by itself when it is seen again;
 * `refused`, the server won't have us, `refusal` says why, nothing is tried any more.
 */
export type Status = "closed" | "connecting" | "online" | "lost" | "draining" | "asleep" | "refused";

/** What the client says and gets an ack for. */
export type RequestName = Exclude<keyof ClientToServerEvents, "typing:start" | "typing:stop">;
export type PayloadOf<E extends keyof ClientToServerEvents> = Parameters<ClientToServerEvents[E]>[0];
export type AckOf<E extends RequestName> = Parameters<Parameters<ClientToServerEvents[E]>[1]>[0];
export type DataOf<E extends RequestName> = AckOf<E> extends Ack<infer T> ? T : never;

export type RequestOptions<E extends RequestName> = {
	/** An ack that takes longer is given up: a retryable `unavailable`. {@link REQUEST_TIMEOUT_MS} unless told. */
	timeoutMs?: number;
	/** Whether a line that does not answer this is taken for dead and made anew. */
	vital?: boolean;
	/** Called with the ack before any event that came after it; the promise gives no such order. */
	answered?: (ack: Ack<DataOf<E>>) => void;
};

/** The line to the server. It knows events, acks and how to come back; not what they mean. */
export type Connection = {
	readonly status: ReadonlySignal<Status>;
	/** Whether people should be told that there is no line: it has been away for {@link RECONNECTING_AFTER_MS}. */
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
	onOnline(listener: () => void): () => void;
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
	/** From 0 up to 1, as `Math.random`. */
	random?: () => number;
};

export declare function createConnection(options?: ConnectionOptions): Connection;
