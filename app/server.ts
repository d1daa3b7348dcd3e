/** The composition: the domain, its ports and the doors to it, as one HTTP server. `main.ts` and the tests call the same. */
import {
	createServer as createHttpServer,
	type Server as HttpServer,
	type IncomingMessage,
	type RequestListener,
} from "node:http";
import { BUILD_ID } from "./build-id.ts";
import { systemClock as clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { drain } from "./drain.ts";
import type { AppDeps, Page } from "./http/deps.ts";
import { fastPathRoutes } from "./http/fast-path-routes.ts";
import { limitHttpConnections, REQUEST_TIMES } from "./http-server/connection-limit.ts";
import { LazyListener } from "./http-server/lazy-listener.ts";
import { staticFastPath } from "./http-server/static-fast-path.ts";
import type { Log } from "./log.ts";
import { createMetrics, type ServerMetrics } from "./metrics/metrics.ts";
import type { Refusal } from "./protocol/refusal.ts";
import { clientAddress } from "./request-trust/address.ts";
import { headersOf } from "./request-trust/headers.ts";
import { isOwnOrigin } from "./request-trust/origin.ts";
import { hasLoadToken } from "./request-trust/tokens.ts";
import { bannedWords } from "./room/banned-words.ts";
import { Chat } from "./room/chat.ts";
import type { Rate } from "./room/limits.ts";
import type { Cluster } from "./room/ports/cluster.ts";
import { DISCONNECTS } from "./room/ports/disconnect.ts";
import type { Store } from "./room/ports/store.ts";
import { RateLimiter } from "./room/rate-limiter.ts";
import { refuse } from "./room/refusals.ts";
import { revocationSource } from "./session/revocation-source.ts";
import { createSessions } from "./session/sessions.ts";
import { SocketBroadcast } from "./socket/broadcast.ts";
import type { ChatServer } from "./socket/connection.ts";
import { cutLines } from "./socket/connections.ts";
import { sendDirectly } from "./socket/engine/direct-send.ts";
import { fanOutAdapter } from "./socket/engine/fan-out-adapter.ts";
import { Admission } from "./socket/gates/admission.ts";
import { closeExpired } from "./socket/gates/expired-sessions.ts";
import { guardPings } from "./socket/gates/ping-flood.ts";
import { SlowConsumers } from "./socket/gates/slow-consumers.ts";
import { UnauthenticatedConnections } from "./socket/gates/unauthenticated.ts";
import { type Edge, openGateway } from "./socket/gateway.ts";
import { listenForSockets } from "./socket/listen.ts";

type ServerDeps = {
	config: Config;
	/** Signs the sessions: see `session/secret.ts`. */
	secret: string;
	store: Store;
	/** The other processes of this chat; see `cluster/open.ts`. */
	cluster: Cluster;
	page: Page;
	/** The operator's list of words, as `room/banned-words.ts` reads it. */
	bannedWords: string;
	log: Log;
};

export type ChatHttpServer = {
	/** Not listening yet. */
	http: HttpServer;
	/** `/metrics` and nothing else, for a port of its own. Not listening yet. */
	metricsHttp: HttpServer;
	io: ChatServer;
	chat: Chat;
	metrics: ServerMetrics;
	/** Cuts every line; the clients come back by themselves and resume. For the moment after a long sleep. */
	cutLines(): void;
	/**
	 * Drains (rule D1): refuses what is new, finishes what was begun, sends everyone home to come back by themselves, and
	 * stops listening. The store stays open.
	 */
	close(): Promise<void>;
};

export async function createServer(deps: ServerDeps): Promise<ChatHttpServer> {
	const { config, store, cluster, page, log } = deps;
	const { limits } = config;
	let isDraining = false;

	const sessions = createSessions({
		secret: deps.secret,
		store,
		revoked: await store.revokedSessions(clock.now()),
		clock,
	});
	const admission = new Admission({
		sessions,
		limits,
		// Asked once there are visitors: the chat is made further down.
		bans: { refusal: (visitor) => chat.bans.refusal(visitor) },
		isDraining: () => isDraining,
	});
	const metrics: ServerMetrics = createMetrics(BUILD_ID, {
		connections: () => io.engine.clientsCount,
		users: () => admission.users,
		rooms: () => chat.openRoomCount,
		isClusterConnected: () => cluster.isConnected,
	});
	const onError = (error: unknown, during: string) => log.error({ err: error, during }, "something failed");

	const lazily = (load: (code: typeof import("./http-server/fetch-listener.ts")) => RequestListener) =>
		new LazyListener(
			() => import("./http-server/fetch-listener.ts").then(load),
			(error) => onError(error, "loading the HTTP part"),
		);
	const ping = () => store.ping();
	const plain = fastPathRoutes({ build: BUILD_ID, ping, isDraining: () => isDraining, clock, page });
	const app = lazily(({ appListener }) => appListener(appDeps, plain));
	const http = createHttpServer(REQUEST_TIMES, staticFastPath({ plain, app, edge: config, clock }));
	const metricsHttp = createHttpServer(lazily(({ metricsListener }) => metricsListener(metrics)).listen);
	const headerOf = (request: IncomingMessage) => headersOf(request.headers);
	const edge: Edge = {
		addressOf: (request) => clientAddress(request.socket.remoteAddress, headerOf(request), config.trustProxy),
		hasLoadToken: (request) => hasLoadToken(headerOf(request), config.loadToken),
	};
	const doorstep = new UnauthenticatedConnections(limits.connectionsPerAddress);
	const io = listenForSockets(http, {
		limits,
		machine: config.flyMachine,
		isOwnOrigin: (request) => isOwnOrigin(headerOf(request), config.publicOrigins),
		mayEnter: (request) => edge.hasLoadToken(request) || doorstep.mayEnter(edge.addressOf(request)),
	});
	if (config.trustProxy === undefined)
		limitHttpConnections(http, {
			connectionsPerAddress: limits.connectionsPerAddress,
			addressOf: ({ remoteAddress }) => clientAddress(remoteAddress, () => undefined, undefined),
			hasLoadToken: edge.hasLoadToken,
		});
	guardPings(io, { limits, clock, onDisconnect: (disconnect) => metrics.disconnected(disconnect) });
	const slowConsumers = new SlowConsumers(io, limits.unsentBytes, () => metrics.disconnected(DISCONNECTS.slowConsumer));
	if (config.fanOut === "direct") {
		sendDirectly(io);
		const onStandAside = (missing: string) => log.warn({ missing }, "writing to rooms as stock Socket.IO does");
		io.adapter(fanOutAdapter({ slowConsumers, onStandAside }));
	}
	const fanOut = new SocketBroadcast(io, metrics);
	const chat = new Chat({
		store,
		broadcast: fanOut,
		cluster,
		isStoreShared: config.databaseUrl !== undefined,
		clock,
		metrics,
		limits,
		presenceGraceMs: config.presenceGraceMs,
		hasBannedWord: bannedWords(deps.bannedWords),
		onSessionRevoked,
		sources: [revocationSource({ store, clock, onRevoked: onSessionRevoked })],
		onError,
	});
	await chat.activeModeration.reconcile();
	const appDeps: Omit<AppDeps, "remoteAddress"> = {
		build: BUILD_ID,
		chat,
		sessions,
		admitSession: admits(limits.sessions, "Too many sign-ins from your address; wait a moment."),
		admitListing: admits(limits.lists, "You ask for the rooms too often; wait a moment."),
		endSession({ id, expiresAt }) {
			fanOut.disconnect({ session: id }, DISCONNECTS.sessionEnded);
			cluster.publishToAll({ kind: "session_revoked", sessionId: id, expiresAt });
		},
		clock,
		ping,
		isDraining: () => isDraining,
		metrics,
		page,
		edge: config,
		onError,
	};
	openGateway({
		io,
		chat,
		admission,
		doorstep,
		edge,
		limits,
		onFlood: () => metrics.disconnected(DISCONNECTS.flood),
		clock,
		metrics,
		onError,
		isDraining: () => isDraining,
	});

	function onSessionRevoked(sessionId: string, expiresAt: number): void {
		if (sessions.revoked(sessionId, expiresAt)) fanOut.disconnect({ session: sessionId }, DISCONNECTS.sessionEnded);
	}

	const stopClosing = closeExpired(io, clock, () => metrics.disconnected(DISCONNECTS.sessionExpired));

	async function close(): Promise<void> {
		if (isDraining) return;
		isDraining = true;
		stopClosing();
		await drain({ io, chat, http, clock });
		await cluster.close();
		metrics.close();
	}

	return { http, metricsHttp, io, chat, metrics, cutLines: () => cutLines(io), close };
}

/** Counts what somebody, by their key, asks for: the refusal where it is too often. */
function admits(rate: Rate, sentence: string): (key: string) => Refusal | undefined {
	const limiter = new RateLimiter(rate, clock);
	return (key) => {
		const retryAfterMs = limiter.take(key);
		return retryAfterMs === 0 ? undefined : refuse("rate_limited", sentence, { retryAfterMs }).error;
	};
}
