import type { ClientToServerEvents } from "../../app/protocol/events.ts";
import type { Ack } from "../../app/protocol/refusal.ts";

/** What the client says and gets an ack for. */
export type RequestName = Exclude<keyof ClientToServerEvents, "typing:start" | "typing:stop">;
export type PayloadOf<E extends keyof ClientToServerEvents> = Parameters<ClientToServerEvents[E]>[0];
export type AckOf<E extends RequestName> = Parameters<Parameters<ClientToServerEvents[E]>[1]>[0];
export type DataOf<E extends RequestName> = AckOf<E> extends Ack<infer T> ? T : never;

export type RequestOptions<E extends RequestName> = {
	/** An ack that takes longer is given up: a retryable `unavailable`. 10 s unless told. */
	timeoutMs?: number;
	/** Whether a line that does not answer this is taken for dead and made anew. */
	vital?: boolean;
	/** Called with the ack before any event that came after it; the promise gives no such order. */
	answered?: (ack: Ack<DataOf<E>>) => void;
};
