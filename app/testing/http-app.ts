/** The HTTP routes with a real domain and a real store, requested through `fetch` and through a Node server. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { getRequestListener } from "@hono/node-server";
import { systemClock } from "../clock.ts";
import { openCluster } from "../cluster/open.ts";
import { loadConfig } from "../config.ts";
import { openFileStorage } from "../files/open.ts";
import { createApp } from "../http/app.ts";
import type { AppDeps, PageFile, TrustSettings } from "../http/deps.ts";
import { fastPathRoutes } from "../http/fast-path-routes.ts";
import { LazyListener } from "../http-server/lazy-listener.ts";
import { staticFastPath } from "../http-server/static-fast-path.ts";
import type { ErrorCode } from "../protocol/refusal.ts";
import type { SessionData } from "../protocol/session.ts";
import { bannedWords } from "../room/banned-words.ts";
import { Chat } from "../room/chat.ts";
import { DEFAULT_LIMITS, type Limits, type Rate } from "../room/limits.ts";
import { OwnSessions } from "../room/people/own-sessions.ts";
import type { FileStorage } from "../room/ports/file-storage.ts";
import { RateLimiter } from "../room/rate-limiter.ts";
import { refuse } from "../room/refusals.ts";
import { createSessions } from "../session/sessions.ts";
import { createWebAuthn } from "../session/web-authn.ts";
import { openStore } from "../store/open.ts";
import { CLAIM_CODE } from "./domain.ts";
import { TEST_SETTINGS } from "./harness.ts";
import { RecordingBroadcast } from "./recording-broadcast.ts";
import { testData } from "./test-data.ts";

export type Setup = Partial<TrustSettings> & {
	signIns?: Rate;
	limits?: Partial<Limits>;
	pageFiles?: Record<string, PageFile>;
	/** Replaces dependencies of the app. */
	deps?: Partial<AppDeps>;
};

export type HttpApp = {
	request(path: string, init?: RequestInit): Promise<Response>;
	/** Sends `body` as JSON, without an Origin. */
	post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
	signIn(name: string): Promise<SessionData>;
	/** The app's own origin, which its page sends. */
	origin: string;
	chat: Chat;
	store: Awaited<ReturnType<typeof openStore>>;
	broadcast: RecordingBroadcast;
	fileStorage: FileStorage;
	/** The calls of the app to its dependencies. */
	recorded: { revoked: string[]; refused: ErrorCode[]; errors: { error: unknown; request: string }[] };
};

const SECRET = "a secret of the tests";

const NO_LOAD = { connections: 0, entriesPerS: 0, cpuCores: 0, lagMs: 0, memoryBytes: 0 };

type Listen = (t: TestContext, deps: AppDeps) => Promise<string | undefined>;
const LISTENERS = { "through fetch": async () => undefined, "through a Node server": listen } satisfies Record<
	string,
	Listen
>;
export type Way = keyof typeof LISTENERS;
const WAYS = Object.keys(LISTENERS) as Way[];

/** Registers the test once per way. Some tests, such as one of a body that breaks off, need a real connection. */
export function testHttp(
	title: string,
	run: (open: (setup?: Setup) => Promise<HttpApp>, t: TestContext) => Promise<void>,
	ways: readonly Way[] = WAYS,
): void {
	for (const way of ways) test(`${title}, ${way}`, (t) => run((setup) => openApp(t, LISTENERS[way], setup), t));
}

async function openApp(
	t: TestContext,
	listenOn: Listen,
	{ signIns, limits, pageFiles, deps, ...trust }: Setup = {},
): Promise<HttpApp> {
	const data = await testData(t);
	const config = loadConfig({ ...TEST_SETTINGS, ...data.env });
	const store = await openStore(config);
	const fileStorage = await openFileStorage(config);
	const cluster = await openCluster(config, store, { onState() {}, onError() {} });
	data.usedBy(async () => {
		await cluster.close();
		await store.close();
	});
	const recorded: HttpApp["recorded"] = { revoked: [], refused: [], errors: [] };
	const broadcast = new RecordingBroadcast();
	const metrics = {
		committed() {},
		acked() {},
		delivered() {},
		indexed() {},
		recovered() {},
		publishLag() {},
		refused: (code: ErrorCode) => void recorded.refused.push(code),
		text: async () => "hubbub_up 1\n",
		contentType: "text/plain; version=0.0.4; charset=utf-8",
	};
	const chat = new Chat({
		store,
		fileStorage,
		broadcast,
		cluster,
		isStoreShared: config.databaseUrl !== undefined,
		onCommit() {},
		fixedAccess: undefined,
		isClaimCode: (code) => code === CLAIM_CODE,
		onSessionRevoked() {},
		sources: [],
		metrics,
		clock: systemClock,
		limits: { ...DEFAULT_LIMITS, ...limits },
		presenceGraceMs: 0,
		hasBannedWord: () => false,
		onError: (error) => recorded.errors.push({ error, request: "chat" }),
	});
	const limiter = new RateLimiter(signIns ?? { perSecond: 0, burst: 0 }, systemClock);
	const sessions = createSessions({ secret: SECRET, store, revoked: [], clock: systemClock });
	const appDeps: AppDeps = {
		build: "build-1",
		chat,
		sessions,
		passkeys: chat.passkeys(createWebAuthn({ secret: SECRET, clock: systemClock })),
		ownData: chat.ownData(() => {}),
		ownSessions: new OwnSessions({
			store,
			sessions,
			clock: systemClock,
			onEnded: ({ id }) => recorded.revoked.push(id),
		}),
		load: () => ({ now: NO_LOAD, day: { ...NO_LOAD, minutes: 0 } }),
		limitSignIns(address) {
			const retryAfterMs = limiter.take(address);
			return retryAfterMs > 0 ? refuse("rate_limited", `Wait, ${address}.`, { retryAfterMs }).error : undefined;
		},
		limitCodes: () => undefined,
		limitPasskeys: () => undefined,
		claimCode: CLAIM_CODE,
		hasBannedWord: bannedWords("frak"),
		limitListing: () => undefined,
		endSession: ({ id }) => recorded.revoked.push(id),
		clock: systemClock,
		ping: () => store.ping(),
		isStoreFailing: () => false,
		isDraining: () => false,
		metrics,
		page: { file: (path) => (Object.hasOwn(pageFiles ?? {}, path) ? pageFiles![path] : undefined) },
		trust: {
			trustProxy: undefined,
			publicOrigins: [],
			flyApp: undefined,
			adminToken: undefined,
			loadToken: undefined,
			metricsPort: undefined,
			...trust,
		},
		remoteAddress: (platform) =>
			(platform as { incoming?: { socket: { remoteAddress?: string } } } | undefined)?.incoming?.socket.remoteAddress,
		nodeRequest: () => undefined,
		onError: (error, request) => recorded.errors.push({ error, request }),
		...deps,
	};
	const app = createApp(appDeps);
	const origin = await listenOn(t, appDeps);
	const own = origin ?? "http://chat.local";
	const request = async (path: string, init: RequestInit = {}) => {
		if (origin !== undefined) return fetch(origin + path, init);
		const headers = new Headers(init.headers);
		headers.set("host", "chat.local");
		return app.fetch(new Request(own + path, { ...init, headers }));
	};
	const post: HttpApp["post"] = (path, body, headers = {}) =>
		request(path, {
			method: "POST",
			headers: { "content-type": "application/json", ...headers },
			body: JSON.stringify(body),
		});
	const signIn = async (name: string) => (await post("/api/session", { name })).json() as Promise<SessionData>;
	return { request, post, signIn, origin: own, chat, store, fileStorage, broadcast, recorded };
}

async function listen(t: TestContext, deps: AppDeps): Promise<string> {
	const fastPath = fastPathRoutes(deps);
	const { fetch } = createApp(deps, fastPath);
	const listener = getRequestListener(fetch, { overrideGlobalObjects: false }) as RequestListener;
	const app = new LazyListener(
		async () => listener,
		(error) => deps.onError(error, "loading"),
	);
	const server = createServer(staticFastPath({ fastPath, app, trust: deps.trust, clock: deps.clock }));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Returns the refusal in a response of the API. */
export async function refusalIn(
	response: Response,
): Promise<{ code: string; message: string; field?: string; retryAfterMs?: number }> {
	const { error } = (await response.json()) as { error: { code: string; message: string } };
	return error;
}
