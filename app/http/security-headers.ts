import { createMiddleware } from "hono/factory";
import { isHttps } from "../edge/scheme.ts";
import type { EdgeSettings, Env } from "./deps.ts";

const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"connect-src 'self'",
	"img-src 'self' data:",
	"manifest-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
].join("; ");
const HSTS = "max-age=31536000";

/** What a browser may do with our answers: run our own files, talk to us, ask where it is; and nobody may frame them. */
export function securityHeaders({ trustProxy }: Pick<EdgeSettings, "trustProxy">) {
	return createMiddleware<Env>(async (c, next) => {
		await next();
		c.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
		c.header("X-Content-Type-Options", "nosniff");
		c.header("Referrer-Policy", "no-referrer");
		c.header("Permissions-Policy", "geolocation=(self), camera=(), microphone=()");
		c.header("Cross-Origin-Opener-Policy", "same-origin");
		const isOwn = new URL(c.req.url).protocol === "https:";
		if (isHttps(isOwn, (name) => c.req.header(name), trustProxy)) c.header("Strict-Transport-Security", HSTS);
	});
}
