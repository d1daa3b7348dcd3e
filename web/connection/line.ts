import { io } from "socket.io-client";
import { PROTOCOL_VERSION, type ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";

/** A line that is not up by then is given up. */
const CONNECT_TIMEOUT_MS = 10_000;

export type LineOptions = {
	url: string | undefined;
	headers: Record<string, string> | undefined;
	/** Asks by HTTP first, for networks that swallow WebSockets without a word. */
	pollingFirst: boolean;
	/** The server accepted us. */
	up(): void;
	/** It did not, or the line broke; `refusal` where the server said why. Called once, and not after `drop` or `leave`. */
	down(refusal: Refusal | undefined): void;
	/** Everything that the server says. */
	event(name: keyof ServerToClientEvents, payload: unknown): void;
};

export type NoAck = "late" | "broken";

/** One attempt at a line, and the line where it succeeds. It is never used again once it is down. */
export type Line = {
	isUp(): boolean;
	/** `answer` gets the ack, or learns that it is `late` or the line `broken`. */
	request(name: string, payload: unknown, timeoutMs: number, answer: (ack: Ack<unknown> | NoAck) => void): void;
	tell(name: string, payload: unknown): void;
	/** Lets go without a word: to the others it is a line that broke, and one may come back in time. */
	drop(): void;
	/** Says goodbye: to the others one has left. */
	leave(): void;
};

export function openLine({ url, headers, pollingFirst, up, down, event }: LineOptions): Line {
	// Coming back is the connection's own business, so each attempt starts from nothing: no buffer, no acks of old.
	const options = {
		forceNew: true,
		reconnection: false,
		timeout: CONNECT_TIMEOUT_MS,
		transports: pollingFirst ? ["polling", "websocket"] : ["websocket", "polling"],
		tryAllTransports: true,
		auth: { v: PROTOCOL_VERSION },
		...(headers && { extraHeaders: headers }),
	};
	const socket = url === undefined ? io(options) : io(url, options);
	// The transport may be open while the server never answers the handshake: that counts as not up, too.
	const deadline = setTimeout(() => end(undefined), CONNECT_TIMEOUT_MS);
	let ended = false;

	function end(refusal: Refusal | undefined, goodbye = false) {
		if (ended) return;
		ended = true;
		clearTimeout(deadline);
		socket.off();
		socket.offAny();
		// Before the requests under way are answered by the closing: whoever asks again is to know that the line is gone.
		down(refusal);
		if (goodbye) socket.disconnect();
		else socket.io._close();
	}

	socket.on("connect", () => {
		clearTimeout(deadline);
		up();
	});
	socket.on("connect_error", (error: Error & { data?: unknown }) => end(asRefusal(error.data)));
	socket.on("disconnect", () => end(undefined));
	socket.onAny((name: keyof ServerToClientEvents, payload: unknown) => event(name, payload));

	return {
		isUp: () => socket.connected,
		request(name, payload, timeoutMs, answer) {
			socket.timeout(timeoutMs).emit(name, payload, (error: Error | null, ack: Ack<unknown>) => {
				if (error === null) answer(ack);
				else answer(ended ? "broken" : "late");
			});
		},
		tell: (name, payload) => socket.volatile.emit(name, payload),
		drop() {
			down = () => {};
			end(undefined);
		},
		leave() {
			down = () => {};
			end(undefined, true);
		},
	};
}

/** What a refused handshake carries; anything else (a proxy's page, a broken network) says nothing we know. */
function asRefusal(data: unknown): Refusal | undefined {
	return typeof data === "object" && data !== null && "code" in data ? (data as Refusal) : undefined;
}
