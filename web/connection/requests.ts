import type { ClientToServerEvents } from "../../app/protocol/events.ts";
import type { Ack } from "../../app/protocol/refusal.ts";

/** The events that the server acknowledges. */
export type RequestName = Exclude<keyof ClientToServerEvents, "typing:start" | "typing:stop">;
export type PayloadOf<E extends keyof ClientToServerEvents> = Parameters<ClientToServerEvents[E]>[0];
export type AckOf<E extends RequestName> = Parameters<Parameters<ClientToServerEvents[E]>[1]>[0];
export type DataOf<E extends RequestName> = AckOf<E> extends Ack<infer T> ? T : never;

export type RequestOptions<E extends RequestName> = {
	/** After this the request fails with a retryable `unavailable`. Default: 10 s. */
	timeoutMs?: number;
	/** Whether a timeout replaces the connection. */
	reconnectOnTimeout?: boolean;
	/** Called with the ack before any event that arrived after it. The promise does not guarantee that order. */
	onAck?: (ack: Ack<DataOf<E>>) => void;
};
