import type { Writable } from "node:stream";
import { inspectInternals } from "./inspect.ts";
import { type InternalConnection, missingField, WS_OPEN } from "./internals.ts";

/**
 * Whether frames are written straight to the streams of WebSockets. Until {@link check} has found every private field that
 * this needs, and always if one is missing, packets are written as stock Socket.IO does.
 */
export class DirectWrites {
	#areEnabled = false;

	get areEnabled(): boolean {
		return this.#areEnabled;
	}

	/** Enables direct writes, or calls `onMissing` once with the path of a field that is missing. Never rejects. */
	async check(onMissing: (path: string) => void, inspect = inspectInternals): Promise<void> {
		const missing = await inspect(missingField).catch((error) => `a connection (${error})`);
		if (missing === undefined) this.#areEnabled = true;
		else onMissing(missing);
	}

	/**
	 * Returns the stream to which a frame may be written now. Returns undefined where the frame must be queued: behind packets
	 * that are on their way, over polling, or on a connection that is closing.
	 */
	streamOf({ readyState, writeBuffer, transport }: InternalConnection): Writable | undefined {
		if (!this.#areEnabled || transport.name !== "websocket" || !transport.writable) return undefined;
		if (writeBuffer.length > 0 || readyState !== "open") return undefined;
		return transport.socket?.readyState === WS_OPEN ? (transport.socket._socket ?? undefined) : undefined;
	}
}
