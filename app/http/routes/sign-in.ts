import { Hono } from "hono";
import type { SignInLink } from "../../protocol/passkeys.ts";
import { SignInCodeSchema, UsedCredentialSchema } from "../../protocol/schemas/passkeys.ts";
import type { SessionData, User } from "../../protocol/session.ts";
import type { AppDeps, Env, RequestContext } from "../deps.ts";
import { deviceOf } from "../device-name.ts";
import { addressOf, banRefusal, codeRefusal, signedIn } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { ownOriginOf } from "../own-url.ts";
import { relyingPartyOf } from "../relying-party.ts";
import { refusalResponse } from "../responses.ts";
import { setSessionCookie } from "../session-cookie.ts";

/** `/api/session/…`: sign in as a known user, by a passkey, a recovery code or the link of another device (rules K3, K5, K6). */
export function signInRoutes(deps: AppDeps): Hono<Env> {
	const { chat, passkeys, ownSessions, trust } = deps;

	/** Returns the refusal of a banned visitor, or of too many attempts. */
	function refusalOf(c: RequestContext) {
		return banRefusal(c, deps) ?? codeRefusal(c, deps);
	}

	async function signIn(c: RequestContext, user: User): Promise<Response> {
		const banned = banRefusal(c, deps, user.id);
		if (banned) return refusalResponse(c, banned);
		const { session, token } = await ownSessions.begin(user, deviceOf(c));
		setSessionCookie(c, session, token, deps);
		return c.json({ user: chat.people.userOf(session.user), token } satisfies SessionData, 201);
	}

	return new Hono<Env>()
		.post("/passkey/options", async (c) => {
			const refused = banRefusal(c, deps) ?? deps.limitPasskeys(addressOf(c, deps));
			if (refused) return refusalResponse(c, refused);
			return c.json(await passkeys.requestOptions(relyingPartyOf(c, trust)));
		})
		.post("/passkey", async (c) => {
			const refused = refusalOf(c);
			if (refused) return refusalResponse(c, refused);
			const body = await jsonBody(c, UsedCredentialSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const user = await passkeys.userOf(relyingPartyOf(c, trust), body.data.credential);
			return user.ok ? signIn(c, user.data) : refusalResponse(c, user.error);
		})
		.post("/code", async (c) => {
			const refused = refusalOf(c);
			if (refused) return refusalResponse(c, refused);
			const body = await jsonBody(c, SignInCodeSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const user = await ownSessions.userOf(body.data.code);
			return user.ok ? signIn(c, user.data) : refusalResponse(c, user.error);
		})
		.post("/link", signedIn(deps), async (c) => {
			const session = c.get("session");
			const refused = deps.limitPasskeys(session.user.id);
			if (refused) return refusalResponse(c, refused);
			const link = await ownSessions.createLink({ ...session, device: deviceOf(c) });
			return c.json({ ...link, url: `${ownOriginOf(c, trust)}/#device=${link.code}` } satisfies SignInLink, 201);
		});
}
