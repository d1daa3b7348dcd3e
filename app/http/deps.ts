import type { Context } from "hono";
import type { Refusal } from "../protocol/refusal.ts";
import type { TrustProxy } from "../request-trust/address.ts";
import type { Chat } from "../room/chat.ts";
import type { Clock } from "../room/ports/clock.ts";
import type { Metrics } from "../room/ports/metrics.ts";
import type { Session, Sessions } from "../room/ports/sessions.ts";

/** What may be in a context while a request is answered. */
export type Env = { Variables: { session: Session; refused: Refusal["code"] } };
export type RequestContext = Context<Env>;

/** One file of the page, held in memory. */
export type PageFile = {
	/** As in Content-Type. */
	type: string;
	/** As in ETag. */
	etag: string;
	bytes: Uint8Array<ArrayBuffer>;
	/** The same, compressed with brotli; left out where that saves nothing. */
	brotli?: Uint8Array<ArrayBuffer>;
};

/** The built page. */
export interface Page {
	/** `path` begins with a slash, as in a URL. */
	file(path: string): PageFile | undefined;
}

/** What the HTTP part needs of the server around it. */
export type AppDeps = {
	/** Names the code that runs; a deployment waits until it sees its own. */
	build: string;
	chat: Pick<Chat, "notice"> & {
		rooms: Pick<Chat["rooms"], "list" | "remove">;
		messages: Pick<Chat["messages"], "remove">;
		moderation: Pick<Chat["moderation"], keyof Chat["moderation"]>;
		bans: Pick<Chat["bans"], "refusal">;
	};
	sessions: Sessions;
	/** Why this address may not sign in just now, if it may not; otherwise the sign-in is counted. */
	limitSignIns: (address: string) => Refusal | undefined;
	/** Why this user may not have the list of rooms just now, if they may not; otherwise the request is counted. */
	limitListing: (userId: string) => Refusal | undefined;
	/** Closes every connection of a session that was revoked, whichever process it is on. */
	endSession: (session: Session) => void;
	clock: Clock;
	/** Resolves when the store can be written. */
	ping: () => Promise<void>;
	isDraining: () => boolean;
	metrics: Pick<Metrics, "refused"> & MetricsText;
	page: Page;
	trust: TrustSettings;
	/** The other end of the connection that a request came by. `platform` is what the runtime passes to `fetch` beside it. */
	remoteAddress: (platform: unknown) => string | undefined;
	/** Told of bugs. `request` is its method and route, with nothing in it that people wrote. */
	onError: (error: unknown, request: string) => void;
};

/** The operator's word on whom and what to believe. */
export type TrustSettings = {
	trustProxy: TrustProxy;
	publicOrigins: readonly string[];
	adminToken: string | undefined;
	loadToken: string | undefined;
	/** Whether /metrics has a listener of its own; here it then needs a token. */
	metricsPort: number | undefined;
};

export type MetricsText = { text: () => Promise<string>; readonly contentType: string };
