/** Composes the domain, its ports, the sockets and the HTTP routes into one HTTP server. `main.ts` and the tests call it. */
import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from "node:http";
import { BUILD_ID } from "./build-id.ts";
import { systemClock as clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { drain } from "./drain.ts";
import type { AppDeps, Page } from "./http/deps.ts";
import { fastPathRoutes } from "./http/fast-path-routes.ts";
import { rateLimit } from "./http/rate-limit.ts";
import { boundRequests, limitBodyTimes, limitHttpConnections, REQUEST_TIMES } from "./http-server/connection-limit.ts";
import type { PlatformDeps } from "./http-server/fetch-listener.ts";
import { LazyListener } from "./http-server/lazy-listener.ts";
import { staticFastPath } from "./http-server/static-fast-path.ts";
import type { Log } from "./log.ts";
import { LoadHistory } from "./metrics/headroom.ts";
import { createMetrics, type ServerMetrics } from "./metrics/metrics.ts";
import { requestTrust } from "./request-trust/request-trust.ts";
import { bannedWords } from "./room/banned-words.ts";
import { Chat } from "./room/chat.ts";
import { OwnSessions } from "./room/people/own-sessions.ts";
import type { RevokedSession } from "./room/ports/accounts.ts";
import type { Cluster } from "./room/ports/cluster.ts";
import { DISCONNECTS } from "./room/ports/disconnect.ts";
import type { FileStorage } from "./room/ports/file-storage.ts";
import { type Store, StoreUnavailable } from "./room/ports/store.ts";
import { claimCode, isClaimCode } from "./session/claim-code.ts";
import { revocationSource } from "./session/revocation-source.ts";
import { createSessions } from "./session/sessions.ts";
import { createWebAuthn } from "./session/web-authn.ts";
import { SocketBroadcast } from "./socket/broadcast.ts";
import type { ChatServer } from "./socket/connection.ts";
import { disconnectAll } from "./socket/connections.ts";
import { Disconnector } from "./socket/disconnect.ts";
import { extendEngine } from "./socket/engine/extend-engine.ts";
import { Admission } from "./socket/gates/admission.ts";
import { disconnectExpiredSessions } from "./socket/gates/expired-sessions.ts";
import { PacketFloodGuard } from "./socket/gates/packet-flood.ts";
import { SlowConsumers } from "./socket/gates/slow-consumers.ts";
import { UnauthenticatedConnections } from "./socket/gates/unauthenticated.ts";
import { openGateway } from "./socket/gateway.ts";
import { asksForWebSocket, attachSockets, createSocketServer } from "./socket/listen.ts";
import { StoreHealth } from "./store-health.ts";

type ServerDeps = {
	config: Config;
	/** Signs the sessions: see `session/secret.ts`. */
	secret: string;
	store: Store;
	fileStorage: FileStorage;
	cluster: Cluster;
	page: Page;
	/** The content of `BANNED_WORDS_FILE`. */
	bannedWords: string;
	log: Log;
};

export type ChatHttpServer = {
	/** Not listening yet. */
	http: HttpServer;
	/** Serves `/metrics` only, for a port of its own. Not listening yet. */
	metricsHttp: HttpServer;
	io: ChatServer;
	chat: Chat;
	metrics: ServerMetrics;
	/** Disconnects every client, after the machine slept; the clients reconnect by themselves and resume. */
	disconnectAll(): void;
	/**
	 * Drains (rule D1): refuses new requests, completes pending ones, closes every connection so that clients reconnect by
	 * themselves, and stops listening. The store stays open.
	 */
	close(): Promise<void>;
};

export async function createServer(deps: ServerDeps): Promise<ChatHttpServer> {
	const { config, store, cluster, page, log } = deps;
	const { limits } = config;
	const health = new StoreHealth({
		clock,
		log: (error, during) =>
			log.error({ err: error, during }, error instanceof StoreUnavailable ? "the store failed" : "internal error"),
	});
	const { onError } = health;
	let draining = false;
	const isDraining = () => draining;

	const metrics = createMetrics(BUILD_ID);
	const trust = requestTrust(config);
	const revoked = await store.revokedSessions();
	const sessions = createSessions({
		secret: deps.secret,
		store,
		revoked,
		clock,
		current: (user) => chat.changedUsers.current(user),
	});

	const disconnector = new Disconnector(metrics);
	const unauthenticated = new UnauthenticatedConnections(limits.connectionsPerAddress, disconnector);
	const io = createSocketServer({ limits, trust, unauthenticated });
	const broadcast = new SocketBroadcast(io, disconnector, metrics);

	function onSessionRevoked(sessionId: string): void {
		if (sessions.revoked(sessionId)) broadcast.disconnect({ session: sessionId }, DISCONNECTS.sessionEnded);
	}
	const hasBannedWord = bannedWords(deps.bannedWords);
	const chat = new Chat({
		store,
		fileStorage: deps.fileStorage,
		broadcast,
		cluster,
		isStoreShared: config.databaseUrl !== undefined,
		clock,
		metrics,
		limits,
		presenceGraceMs: config.presenceGraceMs,
		hasBannedWord,
		fixedAccess: config.access,
		isClaimCode: (code) => isClaimCode(deps.secret, code),
		onCommit: health.onCommit,
		onSessionRevoked,
		sources: [revocationSource({ store, onRevoked: onSessionRevoked })],
		onError,
	});
	function endSession({ id, expiresAt }: RevokedSession): void {
		sessions.revoked(id);
		broadcast.disconnect({ session: id }, DISCONNECTS.sessionEnded);
		cluster.publishToAll({ kind: "session_revoked", sessionId: id, expiresAt });
	}
	const webAuthn = createWebAuthn({ secret: deps.secret, clock });
	await Promise.all([chat.activeModeration, chat.people, chat.changedUsers].map((source) => source.reconcile()));

	const history = new LoadHistory({
		clock,
		connections: () => io.engine.clientsCount,
		entries: () => metrics.entries,
		takeLongestLagMs: metrics.takeLongestLagMs,
	});
	const appDeps: Omit<AppDeps, PlatformDeps> = {
		build: BUILD_ID,
		chat,
		sessions,
		load: () => history,
		limitSignIns: rateLimit(limits.sessions, clock, "Too many sign-ins from your address. Try again in a moment."),
		limitCodes: rateLimit(limits.sessions, clock, "Too many attempts from your address. Try again in a moment."),
		claimCode: claimCode(deps.secret),
		hasBannedWord,
		limitListing: rateLimit(limits.lists, clock, "Too many requests for the rooms. Try again in a moment."),
		limitPasskeys: rateLimit(limits.sessions, clock, "Too many attempts. Try again in a moment."),
		passkeys: chat.passkeys(webAuthn),
		ownData: chat.ownData(endSession),
		ownSessions: new OwnSessions({ store, sessions, clock, onEnded: endSession }),
		endSession,
		clock,
		ping: () => store.ping(),
		isStoreFailing: health.isFailing,
		isDraining,
		metrics,
		page,
		trust: config,
		onError,
	};

	const lazily = (load: (code: typeof import("./http-server/fetch-listener.ts")) => RequestListener) =>
		new LazyListener(
			() => import("./http-server/fetch-listener.ts").then(load),
			(error) => onError(error, "loading the HTTP routes"),
		);
	const fastPath = fastPathRoutes(appDeps);
	const app = lazily(({ appListener }) => appListener(appDeps, fastPath));
	const http = createHttpServer(
		{ ...REQUEST_TIMES, shouldUpgradeCallback: asksForWebSocket },
		staticFastPath({ fastPath, app, trust: config, clock }),
	);
	const metricsHttp = createHttpServer(lazily(({ metricsListener }) => metricsListener(metrics)).listen);
	attachSockets(io, http, trust, config.flyMachine);
	boundRequests(http);
	limitBodyTimes(http);
	if (config.trustProxy === undefined) limitHttpConnections(http, limits.connectionsPerAddress, trust);

	const slowConsumers = new SlowConsumers(limits.unsentBytes, disconnector);
	slowConsumers.watch(io);
	const packetFlood = new PacketFloodGuard({ limits, clock, disconnector });
	packetFlood.watchPolling(io);
	extendEngine(io, http, {
		fanOut: config.fanOut,
		slowConsumers,
		onWebSocket: (webSocket) => packetFlood.watchWebSocket(webSocket),
		onMissingField: (field) =>
			log.warn({ field }, "a private field of Socket.IO is missing: direct writes are disabled, which costs more CPU"),
	});
	const admission = new Admission({ sessions, limits, bans: chat.bans, people: chat.people, isDraining });
	openGateway({
		io,
		chat,
		trust,
		disconnector,
		unauthenticated,
		admission,
		packetFlood,
		clock,
		metrics,
		onError,
		isDraining,
	});
	const stopExpiring = disconnectExpiredSessions(io, clock, disconnector);
	metrics.watch({
		connections: () => io.engine.clientsCount,
		users: () => admission.users,
		rooms: () => chat.openRoomCount,
		isClusterConnected: () => cluster.isConnected,
	});

	async function close(): Promise<void> {
		if (draining) return;
		draining = true;
		stopExpiring();
		await drain({ io, disconnector, chat, http, clock });
		await cluster.close();
		metrics.close();
		history.stop();
	}

	return { http, metricsHttp, io, chat, metrics, disconnectAll: () => disconnectAll(io, disconnector), close };
}
