import { deleteCookie, setCookie } from "hono/cookie";
import { SECURE_SESSION_COOKIE, SESSION_COOKIE } from "../request-trust/session-cookie.ts";
import type { Session } from "../room/ports/sessions.ts";
import type { AppDeps, RequestContext } from "./deps.ts";
import { isSecure } from "./own-url.ts";

type Deps = Pick<AppDeps, "trust" | "clock">;

/** Sets the cookie of a new session (rule S1). */
export function setSessionCookie(c: RequestContext, session: Session, token: string, { trust, clock }: Deps): void {
	const maxAge = Math.ceil((session.expiresAt - clock.now()) / 1_000);
	const given = attributes(c, trust);
	setCookie(c, given.secure ? SECURE_SESSION_COOKIE : SESSION_COOKIE, token, { ...given, maxAge });
}

/** Deletes the cookie, on https also one of an earlier version, which had the other name. */
export function deleteSessionCookie(c: RequestContext, { trust }: Pick<Deps, "trust">): void {
	const given = attributes(c, trust);
	if (given.secure) deleteCookie(c, SECURE_SESSION_COOKIE, given);
	deleteCookie(c, SESSION_COOKIE, given);
}

function attributes(c: RequestContext, { trustProxy }: Deps["trust"]) {
	return { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(c, trustProxy) } as const;
}
