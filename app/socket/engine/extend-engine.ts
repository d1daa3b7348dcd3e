import type { Server as HttpServer } from "node:http";
import type { ChatServer } from "../connection.ts";
import type { SlowConsumers } from "../gates/slow-consumers.ts";
import { DirectWrites } from "./direct-writes.ts";
import { fanOutAdapter } from "./fan-out-adapter.ts";
import type { inspectInternals } from "./inspect.ts";
import type { InternalConnection } from "./internals.ts";
import { type EngineWebSocket, extendWebSockets } from "./web-sockets.ts";

/** Time that a closing polling connection waits for its next poll. Engine.IO's 30 s would delay a drain. */
const POLLING_CLOSE_MS = 1_000;

type EngineOptions = {
	/** `direct`: each packet for a room or a client is one write. `stock`: as Socket.IO writes. */
	fanOut: "direct" | "stock";
	slowConsumers: Pick<SlowConsumers, "disconnectIfSlow">;
	/** Called with each WebSocket before Engine.IO has it. */
	onWebSocket: (webSocket: EngineWebSocket) => void;
	/** Called once if direct writes are disabled because a private field is missing or has an unexpected value. */
	onMissingField: (path: string) => void;
	/** Replaced by tests. */
	inspect?: typeof inspectInternals;
};

/** Extends the engine of `io`, which is attached to `http`. Call it before `http` listens. */
export function extendEngine(io: ChatServer, http: HttpServer, options: EngineOptions): DirectWrites {
	const directWrites = new DirectWrites();
	extendWebSockets(io, directWrites, options.onWebSocket);
	io.engine.on("connection", ({ transport }: InternalConnection) => {
		if (transport.name === "polling") transport.closeTimeout = POLLING_CLOSE_MS;
	});
	if (options.fanOut === "stock") return directWrites;
	io.adapter(fanOutAdapter(directWrites, options.slowConsumers));
	// After the start: the check takes up to 30 ms of CPU, which would delay the first page.
	http.once("listening", () => void directWrites.check(options.onMissingField, options.inspect));
	return directWrites;
}
