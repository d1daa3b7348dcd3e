import type { ChatSocket } from "../../kit/client.ts";
import { PACKET } from "../../kit/wire.ts";

const PONG_INTERVAL_MS = 5_000;

/** The part of engine.io-client 6 that this relies on: under Node, a WebSocket transport has the `ws` package's socket. */
type Engine = {
	transport: { ws: { pause(): void; resume(): void; readyState: number; send(packet: string): void } };
};

const OPEN = 1;

/** Stops reading from a socket while it goes on sending pongs. Returns a function that resumes reading. */
export function stopReading(socket: ChatSocket): () => void {
	const { ws } = (socket.io.engine as unknown as Engine).transport;
	ws.pause();
	const timer = setInterval(() => {
		if (ws.readyState === OPEN) ws.send(PACKET.pong);
	}, PONG_INTERVAL_MS);
	return () => {
		clearInterval(timer);
		ws.resume();
	};
}
