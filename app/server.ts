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
import { clientAddress } from "./edge/address.ts";
import { headersOf } from "./edge/headers.ts";
import { isOwnOrigin } from "./edge/origin.ts";
import { hasLoadToken } from "./edge/tokens.ts";
import { EndedSessions } from "./ended-sessions.ts";
import { frontDoor } from "./front-door.ts";
import type { AppDeps, Page } from "./http/deps.ts";
import { plainAnswers } from "./http/plain-answers.ts";
import { limitHttpConnections, REQUEST_TIMES } from "./http-connections.ts";
import { LazyListener } from "./lazy-listener.ts";
import type { Log } from "./log.ts";
import { createMetrics, type ServerMetrics } from "./metrics.ts";
import { bannedWords } from "./room/banned-words.ts";
import { Chat } from "./room/chat.ts";
import type { Cluster } from "./room/cluster.ts";
import type { Store } from "./room/ports.ts";
import { RateLimiter } from "./room/rate.ts";
import { refuse } from "./room/refusals.ts";
import { createSessions } from "./session/sessions.ts";
import { Admission } from "./socket/admission.ts";
import type { ChatServer } from "./socket/connection.ts";
import { Doorstep } from "./socket/doorstep.ts";
import { closeExpired } from "./socket/expired-sessions.ts";
import { FanOut } from "./socket/fan-out.ts";
import { fanOutAdapter } from "./socket/fan-out-adapter.ts";
import { type Edge, openGateway } from "./socket/gateway.ts";
import { announceDrain, closeLines, cutLines } from "./socket/lines.ts";
import { listenForSockets } from "./socket/listen.ts";
import { SlowReaders } from "./socket/slow-readers.ts";
import { holdWebSockets } from "./socket/web-sockets.ts";

/** How long a drain waits for commits, for lines and for HTTP requests, so that it ends within five seconds whatever hangs. */
const COMMITS_DEADLINE_MS = 2_000;
const LINES_DEADLINE_MS = 1_500;
const REQUESTS_DEADLINE_MS = 500;

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
		bans: { refusal: (visitor) => chat.bans.refusal(visitor) },
		isDraining: () => isDraining,
	});
	const signIns = new RateLimiter(limits.sessions, clock);
	const listings = new RateLimiter(limits.lists, clock);
	const metrics: ServerMetrics = createMetrics(BUILD_ID, {
		connections: () => io.engine.clientsCount,
		users: () => admission.users,
		rooms: () => chat.openRooms,
		isClusterConnected: () => cluster.isConnected,
	});
	const onError = (error: unknown, during: string) => log.error({ err: error, during }, "something failed");

	const lazily = (load: (code: typeof import("./fetch-listener.ts")) => RequestListener) =>
		new LazyListener(
			() => import("./fetch-listener.ts").then(load),
			(error) => onError(error, "loading the HTTP part"),
		);
	const ping = () => store.ping();
	const plain = plainAnswers({ build: BUILD_ID, ping, isDraining: () => isDraining, clock, page });
	const app = lazily(({ appListener }) => appListener(appDeps, plain));
	const http = createHttpServer(REQUEST_TIMES, frontDoor({ plain, app, edge: config, clock }));
	const metricsHttp = createHttpServer(lazily(({ metricsListener }) => metricsListener(metrics)).listen);
	const headerOf = (request: IncomingMessage) => headersOf(request.headers);
	const edge: Edge = {
		addressOf: (request) => clientAddress(request.socket.remoteAddress, headerOf(request), config.trustProxy),
		hasLoadToken: (request) => hasLoadToken(headerOf(request), config.loadToken),
	};
	const doorstep = new Doorstep(limits.connectionsPerAddress);
	const io = listenForSockets(http, {
		limits,
		machine: config.flyMachine,
		isOwnOrigin: (request) => isOwnOrigin(headerOf(request), config.publicOrigins),
		hasRoom: (request) => edge.hasLoadToken(request) || doorstep.hasRoom(edge.addressOf(request)),
	});
	if (config.trustProxy === undefined)
		limitHttpConnections(http, {
			connectionsPerAddress: limits.connectionsPerAddress,
			addressOf: ({ remoteAddress }) => clientAddress(remoteAddress, () => undefined, undefined),
			hasLoadToken: edge.hasLoadToken,
		});
	holdWebSockets(io, { limits, clock, onCut: (reason) => metrics.cut(reason) });
	const slowReaders = new SlowReaders(io, limits.unsentBytes, () => metrics.cut("slow_reader"));
	if (config.fanOut === "direct") {
		const onStandAside = (missing: string) => log.warn({ missing }, "writing to rooms as stock Socket.IO does");
		io.adapter(fanOutAdapter({ slowReaders, onStandAside }));
	}
	const fanOut = new FanOut(io, metrics);
	const endedSessions = new EndedSessions({
		store,
		clock,
		onRevoked: onSessionRevoked,
		onError: (error) => onError(error, "reading which sessions ended"),
	});
	if (config.databaseUrl !== undefined) endedSessions.watch();
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
		onRestored: () => {
			chat.orders.refresh().catch((error) => onError(error, "reading what was ordered meanwhile"));
			void endedSessions.look();
		},
		onError: (error) => onError(error, "commit"),
	});
	await chat.orders.refresh();
	const appDeps: Omit<AppDeps, "remoteAddress"> = {
		build: BUILD_ID,
		chat,
		sessions,
		admitSession(address) {
			const retryAfterMs = signIns.take(address);
			if (retryAfterMs === 0) return undefined;
			return refuse("rate_limited", "Too many sign-ins from your address; wait a moment.", { retryAfterMs }).error;
		},
		admitListing(userId) {
			const retryAfterMs = listings.take(userId);
			if (retryAfterMs === 0) return undefined;
			return refuse("rate_limited", "You ask for the rooms too often; wait a moment.", { retryAfterMs }).error;
		},
		endSession({ id, expiresAt }) {
			fanOut.disconnectSession(id);
			cluster.tellAll({ kind: "session_revoked", sessionId: id, expiresAt });
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
		onFlood: () => metrics.cut("flood"),
		clock,
		metrics,
		onError,
		isDraining: () => isDraining,
	});

	function onSessionRevoked(sessionId: string, expiresAt: number): void {
		if (sessions.revoked(sessionId, expiresAt)) fanOut.disconnectSession(sessionId);
	}

	const stopClosing = closeExpired(io, clock, () => metrics.cut("session_expired"));

	async function close(): Promise<void> {
		if (isDraining) return;
		isDraining = true;
		stopClosing();
		endedSessions.stop();
		announceDrain(io);
		await withinTime(chat.drained(), COMMITS_DEADLINE_MS);
		await closeLines(io, LINES_DEADLINE_MS);
		const closed = new Promise<void>((resolve) => {
			http.close(() => resolve());
		});
		await withinTime(closed, REQUESTS_DEADLINE_MS);
		http.closeAllConnections();
		await cluster.close();
		metrics.close();
	}

	return { http, metricsHttp, io, chat, metrics, cutLines: () => cutLines(io), close };
}

function withinTime(work: Promise<void>, ms: number): Promise<void> {
	return new Promise((resolve) => {
		const cancel = clock.after(ms, resolve);
		work.finally(() => {
			cancel();
			resolve();
		});
	});
}
