import type { Transport } from "./client-socket.ts";

/** The transport that worked last on this device, so that the next page does not wait for one that is blocked. */
export type TransportMemory = { last(): Transport | undefined; remember(transport: Transport): void };

/** Remembers nothing. */
export const forgetful: TransportMemory = { last: () => undefined, remember: () => {} };

const KEY = "transport";

export function createTransportMemory(storage: {
	get(key: string): unknown;
	set(key: string, value: unknown): void;
}): TransportMemory {
	return {
		last() {
			const last = storage.get(KEY);
			return last === "websocket" || last === "polling" ? last : undefined;
		},
		remember(transport) {
			if (storage.get(KEY) !== transport) storage.set(KEY, transport);
		},
	};
}
