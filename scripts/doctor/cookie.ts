import type { SmokeSession } from "../smoke/session.ts";
import { type Finding, fail, ok } from "./finding.ts";

/** Checks that a browser stores the session cookie, returns it, and hides it from scripts and other sites. */
export function checkCookie(url: string, { setCookie, token }: SmokeSession): Finding {
	const what = "cookie";
	if (setCookie === "")
		return fail(what, "missing", "A reverse proxy removes Set-Cookie. Configure it to forward the header.");
	const [pair, ...attributes] = setCookie.split(";").map((part) => part.trim());
	if (pair?.replace(/^__Host-/, "") !== `session=${token}`)
		return fail(
			what,
			"not that of the session",
			"A reverse proxy changes Set-Cookie. Configure it to forward the header unchanged.",
		);
	const has = new Set(attributes.map((attribute) => attribute.toLowerCase()));
	const wanted = ["httponly", "samesite=lax", "path=/", ...(url.startsWith("https:") ? ["secure"] : [])];
	const missing = wanted.filter((attribute) => !has.has(attribute));
	if (missing.length === 0) return ok(what, wanted.join(", "));
	return fail(
		what,
		`without ${missing.join(", ")}`,
		missing.includes("secure")
			? "The server does not know that clients use https. Let the proxy send X-Forwarded-Proto, and set TRUST_PROXY."
			: "A reverse proxy changes Set-Cookie. Configure it to forward the header unchanged.",
	);
}
