import { deleteCookie, setCookie } from "hono/cookie";
import { SESSION_COOKIE } from "../request-trust/session-cookie.ts";
import type { Session } from "../room/ports/sessions.ts";
import type { AppDeps, RequestContext } from "./deps.ts";
import { isSecure } from "./own-url.ts";

type Deps = Pick<AppDeps, "trust" | "clock">;

/** Sets the cookie of a new session (rule S1). */
export function setSessionCookie(c: RequestContext, session: Session, token: string, { trust, clock }: Deps): void {
	const maxAge = Math.ceil((session.expiresAt - clock.now()) / 1_000);
	setCookie(c, SESSION_COOKIE, token, { ...attributes(c, trust), maxAge });
}

export function deleteSessionCookie(c: RequestContext, { trust }: Pick<Deps, "trust">): void {
	deleteCookie(c, SESSION_COOKIE, attributes(c, trust));
}

function attributes(c: RequestContext, { trustProxy }: Deps["trust"]) {
	return { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(c, trustProxy) } as const;
}
