import type { Line } from "../people/line.ts";

const PONG_EVERY_MS = 5_000;

/** What is relied on of engine.io-client 6: under Node a WebSocket transport has `ws`, the ws package's socket. */
type Engine = {
	transport: { ws: { pause(): void; resume(): void; readyState: number; send(packet: string): void } };
};

const OPEN = 1;
/** Engine.IO's packet type. */
const PONG = "3";

/** The line reads nothing more, and yet says every few seconds that it is alive. */
export function deafen(line: Line): { listenAgain: () => void } {
	const { ws } = (line.io.engine as unknown as Engine).transport;
	ws.pause();
	const timer = setInterval(() => {
		if (ws.readyState === OPEN) ws.send(PONG);
	}, PONG_EVERY_MS);
	return {
		listenAgain() {
			clearInterval(timer);
			ws.resume();
		},
	};
}
