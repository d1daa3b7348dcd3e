import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Server } from "socket.io";
import type { Limits } from "../room/limits.ts";
import type { ChatServer } from "./connection.ts";
import { replayToSessionMachine } from "./engine/fly-replay.ts";

const SECOND_MS = 1_000;
const PATH = "/socket.io";
/** So long a line over polling that is being closed waits for its next poll, to say so; Engine.IO waits 30 seconds. */
const POLLING_CLOSE_MS = 1 * SECOND_MS;

type ListenOptions = {
	limits: Pick<Limits, "packetBytes">;
	/** The machine of Fly.io that this is, if it is one. */
	machine?: string | undefined;
	/** CORS does not cover WebSocket, so the origin is checked by ourselves (rule S4). */
	isOwnOrigin: (request: IncomingMessage) => boolean;
	/** Whether one more line from there may be opened that has not said yet who it is. */
	mayEnter: (request: IncomingMessage) => boolean;
};

/** Socket.IO on the HTTP server that also serves the page. Each option that differs from its default says why. */
export function listenForSockets(
	http: HttpServer,
	{ limits, machine, isOwnOrigin, mayEnter }: ListenOptions,
): ChatServer {
	http.on("upgrade", refuseElsewhere);
	const io: ChatServer = new Server(http, {
		path: PATH,
		serveClient: false, // the page brings its own
		connectTimeout: 10 * SECOND_MS, // a line that never says who it is
		maxHttpBufferSize: limits.packetBytes === 0 ? Number.MAX_SAFE_INTEGER : limits.packetBytes,
		perMessageDeflate: false, // messages are short: it would cost 30 KB and a pass of zlib for each connection
		httpCompression: false,
		cleanupEmptyChildNamespaces: true,
		destroyUpgrade: false, // it leaves what it does not know open for a second, without anybody to take its errors
		allowRequest: (request, decide) => {
			const allowed = !isJsonp(request) && isOwnOrigin(request);
			if (!allowed) decide("This page is not from here.", false);
			else if (!mayEnter(request)) decide("Too many connections from your address are being opened.", false);
			else decide(null, true);
		},
	});
	io.engine.on("connection", closeSoon);
	if (machine !== undefined) replayToSessionMachine(io, machine);
	return io;
}

type Line = { transport: { name: string; closeTimeout?: number } };

/** Otherwise one line that went away would hold up the end of the process. */
function closeSoon({ transport }: Line): void {
	if (transport.name === "polling") transport.closeTimeout = POLLING_CLOSE_MS;
}

/** Engine.IO answers a script of any page, which sends no Origin, with something that the page can read. */
function isJsonp({ url = "" }: IncomingMessage): boolean {
	return new URLSearchParams(url.slice(url.indexOf("?"))).has("j");
}

/** An upgrade that nobody takes would stay open for ever, and a reset of its line would end the process. */
function refuseElsewhere({ url }: IncomingMessage, stream: Duplex): void {
	if (url?.startsWith(`${PATH}/`)) return;
	stream.on("error", () => {});
	stream.once("finish", () => stream.destroy());
	stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
}
