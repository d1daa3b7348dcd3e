import type { Ack } from "../../../app/protocol/refusal.ts";
import type { RequestOptions } from "../../connection/requests.ts";
import type { ServerConnection } from "../../connection/server-connection.ts";

export type StubRequest = {
	event: string;
	payload: unknown;
	options: RequestOptions<"room:join">;
	accept(data: unknown): Promise<void>;
	refuse(retryable: boolean, retryAfterMs?: number): Promise<void>;
};

/** A connection whose requests the test acknowledges. */
export function stubRequests(): { connection: Pick<ServerConnection, "request">; requests: StubRequest[] } {
	const requests: StubRequest[] = [];
	const request = (event: string, payload: unknown, options: RequestOptions<"room:join"> = {}) =>
		new Promise<Ack<unknown>>((resolve) => {
			async function settle(ack: Ack<unknown>): Promise<void> {
				options.onAck?.(ack as never);
				resolve(ack);
				// Lets the code that awaits the promise run.
				for (let turn = 0; turn < 5; turn++) await null;
			}
			requests.push({
				event,
				payload,
				options,
				accept: (data) => settle({ ok: true, data }),
				refuse: (retryable, retryAfterMs) => {
					const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
					return settle({ ok: false, error: { code: "unavailable", message: "Not now.", retryable, ...wait } });
				},
			});
		});
	return { connection: { request: request as ServerConnection["request"] }, requests };
}
