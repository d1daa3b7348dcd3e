import type { Server as HttpServer, IncomingMessage } from "node:http";
import { Server } from "socket.io";
import type { Limits } from "../room/limits.ts";
import type { ChatServer } from "./connection.ts";

const SECOND_MS = 1_000;

type ListenOptions = {
	limits: Pick<Limits, "packetBytes">;
	/** CORS does not cover WebSocket, so the origin is checked by ourselves (rule S4). */
	isOwnOrigin: (request: IncomingMessage) => boolean;
};

/** Socket.IO on the HTTP server that also serves the page. Each option that differs from its default says why. */
export function listenForSockets(http: HttpServer, { limits, isOwnOrigin }: ListenOptions): ChatServer {
	return new Server(http, {
		serveClient: false, // the page brings its own
		connectTimeout: 10 * SECOND_MS, // a line that never says who it is
		maxHttpBufferSize: limits.packetBytes === 0 ? Number.MAX_SAFE_INTEGER : limits.packetBytes,
		perMessageDeflate: false, // messages are short: it would cost 30 KB and a pass of zlib for each connection
		httpCompression: false,
		cleanupEmptyChildNamespaces: true,
		allowRequest: (request, decide) => {
			const allowed = isOwnOrigin(request);
			decide(allowed ? null : "This page is not from here.", allowed);
		},
	});
}
