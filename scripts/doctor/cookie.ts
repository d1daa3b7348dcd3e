import type { SignedIn } from "../smoke/session.ts";
import { type Finding, fail, ok } from "./finding.ts";

/** Whether a browser gets a session cookie that it keeps, sends back, and shows to nobody else. */
export function checkCookie(url: string, { setCookie, token }: SignedIn): Finding {
	const what = "cookie";
	if (setCookie === "") return fail(what, "none came", "A proxy removes Set-Cookie; let it through.");
	const [pair, ...attributes] = setCookie.split(";").map((part) => part.trim());
	if (pair !== `session=${token}`)
		return fail(what, "it is not the session's", "Something in front changes Set-Cookie.");
	const has = new Set(attributes.map((attribute) => attribute.toLowerCase()));
	const wanted = ["httponly", "samesite=lax", "path=/", ...(url.startsWith("https:") ? ["secure"] : [])];
	const missing = wanted.filter((attribute) => !has.has(attribute));
	if (missing.length === 0) return ok(what, wanted.join(", "));
	return fail(
		what,
		`without ${missing.join(", ")}`,
		missing.includes("secure")
			? "The server doesn't know that people use https: let the proxy send X-Forwarded-Proto, and set TRUST_PROXY."
			: "Something in front changes Set-Cookie; let it through as it is.",
	);
}
