/** Middleware that checks requests before their routes. */
import { createMiddleware } from "hono/factory";
import type { Ack, Refusal } from "../protocol/refusal.ts";
import { clientAddress } from "../request-trust/address.ts";
import { foreignHostSentence, type HostSettings, ownHostCheck } from "../request-trust/host.ts";
import { isOwnOrigin } from "../request-trust/origin.ts";
import { firstSession, sessionTokens } from "../request-trust/session-cookie.ts";
import { bearerToken, hasAdminToken, hasLoadToken } from "../request-trust/tokens.ts";
import { wordRefusal } from "../room/banned-words.ts";
import type { Session, Sessions } from "../room/ports/sessions.ts";
import { accept, refuse } from "../room/refusals.ts";
import type { AppDeps, Env, RequestContext, TrustSettings } from "./deps.ts";
import { refusalResponse } from "./responses.ts";
import { HEALTH_PATHS } from "./routes/health.ts";

/** Returns the session of a request by its bearer token, or else its cookie. */
export function sessionOf(c: RequestContext, sessions: Pick<Sessions, "verify">): Session | undefined {
	const bearer = bearerToken((name) => c.req.header(name));
	const tokens = bearer === undefined ? sessionTokens(c.req.header("cookie")) : [bearer];
	return firstSession(tokens, (token) => sessions.verify(token));
}

/** Returns the address that the limits count a request by. */
export function addressOf(
	c: RequestContext,
	{ trust, remoteAddress }: Pick<AppDeps, "trust" | "remoteAddress">,
): string {
	return clientAddress(remoteAddress(c.env), (name) => c.req.header(name), trust.trustProxy);
}

type VisitorDeps = Pick<AppDeps, "sessions" | "chat" | "trust" | "remoteAddress">;

/** Returns the refusal of a banned user, who is by default the one of the request's session, or of a banned address. */
export function banRefusal(
	c: RequestContext,
	deps: Pick<AppDeps, "sessions" | "trust" | "remoteAddress"> & { chat: Pick<AppDeps["chat"], "bans"> },
	userId: string | undefined = sessionOf(c, deps.sessions)?.user.id,
): Refusal | undefined {
	return deps.chat.bans.refusal({ userId, address: addressOf(c, deps) })?.error;
}

/** Returns the session of a request whose user may come in, or the refusal: of a banned user, a stranger, or without one. */
export function visitorOf(c: RequestContext, deps: VisitorDeps): Ack<Session> {
	const { chat, sessions, trust } = deps;
	const session = sessionOf(c, sessions);
	const stranger = () => {
		const comesInAnyway = hasLoadToken((name) => c.req.header(name), trust.loadToken);
		return comesInAnyway ? undefined : chat.people.entryRefusal(session?.user.id);
	};
	const refusal = chat.bans.refusal({ userId: session?.user.id, address: addressOf(c, deps) }) ?? stranger();
	return refusal ?? (session ? accept(session) : signInFirst());
}

/** Requires a signed-in user who is not banned and may come in. */
export function signedIn(deps: VisitorDeps) {
	return createMiddleware<Env>(async (c, next) => {
		const visitor = visitorOf(c, deps);
		if (!visitor.ok) return refusalResponse(c, visitor.error);
		c.set("session", visitor.data);
		return next();
	});
}

/** Requires a signed-in user who is not banned, who may be a stranger. */
export function signedInStranger(deps: VisitorDeps) {
	return createMiddleware<Env>(async (c, next) => {
		const session = sessionOf(c, deps.sessions);
		const banned = banRefusal(c, deps, session?.user.id);
		if (banned) return refusalResponse(c, banned);
		if (!session) return refusalResponse(c, signInFirst().error);
		c.set("session", session);
		return next();
	});
}

/** Requires the admin token, or a signed-in user who may come in. The domain decides what the user may do. */
export function acting(deps: VisitorDeps) {
	return createMiddleware<Env>(async (c, next) => {
		if (hasAdminToken((name) => c.req.header(name), deps.trust.adminToken)) {
			c.set("actor", "admin");
			return next();
		}
		const visitor = visitorOf(c, deps);
		if (!visitor.ok) return refusalResponse(c, visitor.error);
		c.set("actor", visitor.data.user);
		return next();
	});
}

/** What strangers may request where the chat is not open. These routes check the rest themselves. */
const FOR_STRANGERS: ReadonlySet<string> = new Set([
	"POST /api/session",
	"GET /api/session",
	"DELETE /api/session",
	"POST /api/session/passkey/options",
	"POST /api/session/passkey",
	"POST /api/session/code",
	"POST /api/claim",
	"POST /api/invitations/redeem",
]);

/** Refuses strangers, whatever they request, where the chat is not open. */
export function noStrangers(deps: VisitorDeps) {
	return createMiddleware<Env>(async (c, next) => {
		if (deps.chat.people.access === "open" || FOR_STRANGERS.has(`${c.req.method} ${c.req.path}`)) return next();
		const header = (name: string) => c.req.header(name);
		const { adminToken, loadToken } = deps.trust;
		if (hasAdminToken(header, adminToken) || hasLoadToken(header, loadToken)) return next();
		const visitor = visitorOf(c, deps);
		return visitor.ok ? next() : refusalResponse(c, visitor.error);
	});
}

/** Returns the refusal of a new name: of one with a banned word, or of a person's own where the chat is open. */
export function newNameRefusal(
	name: string,
	{ hasBannedWord, chat: { people } }: Pick<AppDeps, "hasBannedWord" | "chat">,
): Refusal | undefined {
	// A stranger learns no names: where the chat is not open, joins refuse the name.
	const taken = () => (people.access === "open" ? people.nameRefusal(name) : undefined);
	return (wordRefusal(hasBannedWord, "The name", name, "name") ?? taken())?.error;
}

/** Counts an attempt with a code by the address. Returns the refusal if there were too many. */
export function codeRefusal(
	c: RequestContext,
	deps: Pick<AppDeps, "limitCodes" | "trust" | "remoteAddress">,
): Refusal | undefined {
	const isUnlimited = hasLoadToken((name) => c.req.header(name), deps.trust.loadToken);
	return isUnlimited ? undefined : deps.limitCodes(addressOf(c, deps));
}

function signInFirst() {
	return refuse("unauthorized", "Sign in first: POST /api/session with a name.");
}

/**
 * Refuses requests at a name that is not the chat's own (rule S8). Platforms check the health at names and addresses of their
 * own.
 */
export function ownHost(settings: HostSettings) {
	const isOwnHost = ownHostCheck(settings);
	return createMiddleware<Env>(async (c, next) => {
		const header = (name: string) => c.req.header(name);
		if (isOwnHost(header) || HEALTH_PATHS.has(c.req.path)) return next();
		const sentence = foreignHostSentence(header);
		if (c.req.path.startsWith("/api/"))
			return refusalResponse(c, refuse("forbidden", sentence, { field: "host" }).error);
		c.set("refused", "forbidden");
		return c.text(`${sentence}\n`, 403);
	});
}

/** Refuses changes from the pages of other sites (rule S4). */
export function ownOrigin({ publicOrigins }: Pick<TrustSettings, "publicOrigins">) {
	return createMiddleware<Env>(async (c, next) => {
		const isReading = c.req.method === "GET" || c.req.method === "HEAD";
		if (isReading || isOwnOrigin((name) => c.req.header(name), publicOrigins)) return next();
		return refusalResponse(
			c,
			refuse("forbidden", "This request comes from another site's page. Open the chat at its own address.").error,
		);
	});
}

/** Requires the admin token. Without an `ADMIN_TOKEN` the routes do not exist. */
export function adminOnly({ adminToken }: Pick<TrustSettings, "adminToken">) {
	return createMiddleware<Env>(async (c, next) => {
		if (adminToken === undefined) return c.notFound();
		if (hasAdminToken((name) => c.req.header(name), adminToken)) return next();
		return refusalResponse(c, wrongAdminToken().error);
	});
}

/** The refusal of a request without the right admin token. */
export function wrongAdminToken() {
	return refuse("unauthorized", "Send the server's ADMIN_TOKEN in the header Authorization: Bearer ….");
}
