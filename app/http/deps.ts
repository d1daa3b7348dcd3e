import type { Context } from "hono";
import type { Headroom } from "../protocol/headroom.ts";
import type { Refusal } from "../protocol/refusal.ts";
import type { TrustProxy } from "../request-trust/address.ts";
import type { HostSettings } from "../request-trust/host.ts";
import type { BannedWords } from "../room/banned-words.ts";
import type { Chat } from "../room/chat.ts";
import type { OwnData } from "../room/people/own-data.ts";
import type { OwnSessions } from "../room/people/own-sessions.ts";
import type { Passkeys } from "../room/people/passkeys.ts";
import type { Actor } from "../room/people/people.ts";
import type { RevokedSession } from "../room/ports/accounts.ts";
import type { Clock } from "../room/ports/clock.ts";
import type { Metrics } from "../room/ports/metrics.ts";
import type { Session, Sessions } from "../room/ports/sessions.ts";
import type { RateLimit } from "./rate-limit.ts";

/** Variables of a request's context. */
export type Env = { Variables: { session: Session; actor: Actor; refused: Refusal["code"] } };
export type RequestContext = Context<Env>;

/** A file of the page, in memory. */
export type PageFile = {
	/** The value of Content-Type. */
	type: string;
	/** The value of ETag. */
	etag: string;
	bytes: Uint8Array<ArrayBuffer>;
	/** The bytes compressed with brotli; absent if that saves nothing. */
	brotli?: Uint8Array<ArrayBuffer>;
};

/** The built page. */
export interface Page {
	/** Returns the file at a path of a URL, which begins with a slash. */
	file(path: string): PageFile | undefined;
}

/** What the HTTP routes need of the server. */
export type AppDeps = {
	/** Identifies the code that runs. A deployment waits until the server reports its own. */
	build: string;
	chat: Pick<Chat, "notice"> & {
		rooms: Pick<Chat["rooms"], "list" | "listOwn" | "remove">;
		adminAppends: Pick<Chat["adminAppends"], "remove" | "setPin">;
		moderation: Pick<Chat["moderation"], "membersOf">;
		moderators: Pick<Chat["moderators"], keyof Chat["moderators"]>;
		capacity: Pick<Chat["capacity"], "read" | "store">;
		reports: Pick<Chat["reports"], "list" | "close">;
		files: Pick<Chat["files"], "upload" | "find" | "content">;
		bans: Pick<Chat["bans"], "refusal">;
		people: Pick<Chat["people"], "access" | "hasOwner" | "userOf" | "entryRefusal" | "nameRefusal">;
		changedUsers: Pick<Chat["changedUsers"], "rename">;
		roles: Pick<Chat["roles"], keyof Chat["roles"]>;
		invitations: Pick<Chat["invitations"], keyof Chat["invitations"]>;
	};
	sessions: Sessions;
	passkeys: Pick<Passkeys, keyof Passkeys>;
	ownSessions: Pick<OwnSessions, keyof OwnSessions>;
	ownData: Pick<OwnData, keyof OwnData>;
	/** Returns the load of this process. */
	load: () => Pick<Headroom, "now" | "day">;
	/** Counts sign-ins by address. */
	limitSignIns: RateLimit;
	/** Counts claims and uses of invitations by address. */
	limitCodes: RateLimit;
	/** Counts options for passkeys, sign-in links and new recovery codes, by user id or by address. */
	limitPasskeys: RateLimit;
	/** The code of the claim link. */
	claimCode: string;
	hasBannedWord: BannedWords;
	/** Counts requests for the list of rooms by user id. */
	limitListing: RateLimit;
	/** Disconnects the clients of a session that was revoked, on every process. */
	endSession: (session: RevokedSession) => void;
	clock: Clock;
	/** Resolves if the store can be written. */
	ping: () => Promise<void>;
	/** Whether messages could not be stored a moment ago. */
	isStoreFailing: () => boolean;
	isDraining: () => boolean;
	metrics: Pick<Metrics, "refused"> & MetricsText;
	page: Page;
	trust: TrustSettings;
	/** Returns the remote address of a request's connection. `platform` is the second argument of `fetch`. */
	remoteAddress: (platform: unknown) => string | undefined;
	/** Returns Node's request, undefined where there is none. `platform` is the second argument of `fetch`. */
	nodeRequest: (platform: unknown) => NodeRequest | undefined;
	/** Called with bugs and with failures of the store. `request` is the method and the route, without anything that users wrote. */
	onError: (error: unknown, request: string) => void;
};

/** The part of Node's request that is a stream of its body. */
export type NodeRequest = {
	iterator(options: { destroyOnReturn: boolean }): AsyncIterable<Uint8Array>;
};

/** The settings that say which headers and tokens are trusted. */
export type TrustSettings = HostSettings & {
	trustProxy: TrustProxy;
	adminToken: string | undefined;
	loadToken: string | undefined;
	/** With a port of its own for /metrics, the route on the main port needs a token. */
	metricsPort: number | undefined;
};

export type MetricsText = { text: () => Promise<string>; readonly contentType: string };
