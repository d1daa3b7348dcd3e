/**
 * The chat's own Socket.IO server (its options, limits and fan-out) with echo handlers instead of the chat, as the cases of
 * the conformance suites require.
 */
import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import type { Namespace, Server, Socket } from "socket.io";
import { systemClock } from "../../../clock.ts";
import { requestTrust } from "../../../request-trust/request-trust.ts";
import { DEFAULT_LIMITS } from "../../../room/limits.ts";
import { closeConnections } from "../../connections.ts";
import { Disconnector } from "../../disconnect.ts";
import { extendEngine } from "../../engine/extend-engine.ts";
import type { inspectInternals } from "../../engine/inspect.ts";
import { PacketFloodGuard } from "../../gates/packet-flood.ts";
import { SlowConsumers } from "../../gates/slow-consumers.ts";
import { UnauthenticatedConnections } from "../../gates/unauthenticated.ts";
import { attachSockets, createSocketServer } from "../../listen.ts";
import { until } from "./until.ts";

const CLOSING_MS = 2_000;

/** Connections of Engine.IO that echo every message, or Socket.IO on top of them. */
export type Layer = "connections" | "sockets";

export type EchoProfileOptions = {
	/** By default the chat's own. */
	pingIntervalMs?: number;
	pingTimeoutMs?: number;
	connectTimeoutMs?: number;
	/** The port to listen on, by default a free one. */
	port?: number;
	/** Maximum bytes per packet of a client. */
	packetBytes?: number;
	/** Replaces the check of the engine. */
	inspect?: typeof inspectInternals;
};

export type EchoProfile = {
	/** The URL of handshakes, without a query. */
	url: string;
	http: HttpServer;
	/** Returns the number of open connections. */
	connections(): number;
	/** Returns the transport of a connection, or undefined if it is not open. */
	transportOf(sid: string): string | undefined;
	/** Missing private fields of the engine; empty if direct writes are on. */
	missingFields: string[];
	close(): Promise<void>;
};

type EngineIoConnection = { transport: { name: string }; on(event: "message", echo: (data: unknown) => void): void };
type EchoingConnection = EngineIoConnection & { send(data: unknown): void };

export async function openProfile(
	t: TestContext,
	layer: Layer,
	options: EchoProfileOptions = {},
): Promise<EchoProfile> {
	const profile = await startProfile(layer, options);
	t.after(() => profile.close());
	return profile;
}

export async function startProfile(layer: Layer, options: EchoProfileOptions = {}): Promise<EchoProfile> {
	const http = createServer((_, response) => response.writeHead(404).end());
	const limits = { ...DEFAULT_LIMITS, ...(options.packetBytes && { packetBytes: options.packetBytes }) };
	const trust = requestTrust({ trustProxy: undefined, publicOrigins: [], flyApp: undefined, loadToken: undefined });
	const disconnector = new Disconnector({ disconnected() {} });
	const unauthenticated = new UnauthenticatedConnections(0, disconnector);
	const chat = createSocketServer({ limits, trust: { ...trust, isOwnOrigin: () => true }, unauthenticated });
	attachSockets(chat, http, { ...trust, isOwnOrigin: () => true }, undefined);
	const slowConsumers = new SlowConsumers(limits.unsentBytes, disconnector);
	slowConsumers.watch(chat);
	const missingFields: string[] = [];
	const packetFlood = new PacketFloodGuard({ limits, clock: systemClock, disconnector });
	packetFlood.watchPolling(chat);
	const directWrites = extendEngine(chat, http, {
		fanOut: "direct",
		slowConsumers,
		onWebSocket: (webSocket) => packetFlood.watchWebSocket(webSocket),
		onMissingField: (field) => missingFields.push(field),
		...(options.inspect && { inspect: options.inspect }),
	});
	// The echoed events are not part of the chat's protocol.
	const io = chat as unknown as Server;
	const { opts } = io.engine;
	if (options.pingIntervalMs !== undefined) opts.pingInterval = options.pingIntervalMs;
	if (options.pingTimeoutMs !== undefined) opts.pingTimeout = options.pingTimeoutMs;
	if (options.connectTimeoutMs !== undefined) io.connectTimeout(options.connectTimeoutMs);

	if (layer === "connections") echoMessages(io);
	else for (const name of ["/", "/custom"]) echoEvents(io.of(name));

	http.listen(options.port ?? 0, "127.0.0.1");
	await once(http, "listening");
	await until(() => directWrites.areEnabled || missingFields.length > 0, "the check of the engine");
	const connections = (io.engine as unknown as { clients: Record<string, EngineIoConnection> }).clients;
	return {
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}${io.path()}/`,
		http,
		connections: () => Object.keys(connections).length,
		transportOf: (sid) => connections[sid]?.transport.name,
		missingFields,
		async close() {
			await closeConnections(chat, disconnector, CLOSING_MS);
			http.close();
			http.closeAllConnections();
		},
	};
}

function echoMessages(io: Server): void {
	const [ofSocketIo] = io.engine.listeners("connection"); // the first is Socket.IO's; the chat's own follow and stay
	if (ofSocketIo) io.engine.off("connection", ofSocketIo);
	io.engine.on("connection", (connection: EchoingConnection) =>
		connection.on("message", (data) => connection.send(data)),
	);
}

function echoEvents(namespace: Namespace): void {
	namespace.on("connection", (socket: Socket) => {
		const own = `own:${socket.id}`;
		socket.join(own);
		socket.emit("auth", socket.handshake.auth);
		// Through a room, as the chat's own messages are.
		socket.on("message", (...args: unknown[]) => void namespace.to(own).emit("message-back", ...args));
		socket.on("message-with-ack", (...args: unknown[]) => {
			const ack = args.pop() as (...values: unknown[]) => void;
			ack(...args);
		});
	});
}
