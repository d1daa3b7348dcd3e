import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Server } from "socket.io";
import { headersOf } from "../request-trust/headers.ts";
import { foreignHostSentence } from "../request-trust/host.ts";
import type { RequestTrust } from "../request-trust/request-trust.ts";
import type { Limits } from "../room/limits.ts";
import type { ChatServer } from "./connection.ts";
import { replayToSessionMachine } from "./engine/fly-replay.ts";
import { queryOf } from "./engine/query.ts";
import type { UnauthenticatedConnections } from "./gates/unauthenticated.ts";

const SECOND_MS = 1_000;
const PATH = "/socket.io";

type SocketServerOptions = {
	limits: Pick<Limits, "packetBytes">;
	trust: RequestTrust;
	unauthenticated: Pick<UnauthenticatedConnections, "reserve">;
};

/** Returns a Socket.IO server that is not attached yet. Each option that differs from its default has its reason. */
export function createSocketServer({ limits, trust, unauthenticated }: SocketServerOptions): ChatServer {
	return new Server({
		path: PATH,
		serveClient: false, // the page has its own
		connectTimeout: 10 * SECOND_MS, // for a connection that does not sign in
		maxHttpBufferSize: limits.packetBytes === 0 ? Number.MAX_SAFE_INTEGER : limits.packetBytes,
		perMessageDeflate: false, // messages are short: it would cost 30 KB and a pass of zlib for each connection
		httpCompression: false,
		cleanupEmptyChildNamespaces: true,
		destroyUpgrade: false, // it leaves unknown upgrades open for a second, without a listener for their errors
		allowRequest: (request, decide) => {
			// CORS does not cover WebSocket.
			const foreign = foreignSentence(request, trust);
			if (foreign !== undefined) decide(foreign, false);
			else if (trust.hasLoadToken(request) || unauthenticated.reserve(request, trust.addressOf(request)))
				decide(null, true);
			else decide("Too many connections from your address are being opened.", false);
		},
	});
}

/** Attaches Socket.IO to the HTTP server, whose request listener handles all other requests. `machine`: this machine's id on Fly.io. */
export function attachSockets(io: ChatServer, http: HttpServer, trust: OriginTrust, machine: string | undefined): void {
	http.on("upgrade", refuseElsewhere);
	io.attach(http);
	// `allowRequest` is asked for a connection's first request only.
	io.engine.use((request: IncomingMessage, _response: unknown, next: (error?: Error) => void) => {
		const isFirst = !queryOf(request).has("sid");
		const foreign = isFirst ? undefined : foreignSentence(request, trust);
		next(foreign === undefined ? undefined : new Error(foreign));
	});
	if (machine !== undefined) replayToSessionMachine(io, machine);
}

/**
 * Returns whether a request asks for a WebSocket. An offer of another protocol, such as HTTP/2 by `curl --http2`, may be
 * ignored (RFC 9110, section 7.8), and the request is answered as any other.
 */
export function asksForWebSocket({ headers }: IncomingMessage): boolean {
	return headers.upgrade?.toLowerCase() === "websocket";
}

type OriginTrust = Pick<RequestTrust, "isOwnOrigin" | "isOwnHost">;

/** Returns the refusal of a request by a page of another site, or at a name that is not the chat's own (rules S4, S8). */
function foreignSentence(request: IncomingMessage, trust: OriginTrust): string | undefined {
	if (!trust.isOwnHost(request)) return foreignHostSentence(headersOf(request.headers));
	// Engine.IO supports JSONP, which any page can request without an Origin and read.
	return queryOf(request).has("j") || !trust.isOwnOrigin(request) ? "This page is not from here." : undefined;
}

/** Refuses upgrades on other paths: without a listener they would stay open, and a reset would end the process. */
function refuseElsewhere({ url }: IncomingMessage, stream: Duplex): void {
	if (url?.startsWith(`${PATH}/`)) return;
	stream.on("error", () => {});
	stream.once("finish", () => stream.destroy());
	stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
}
