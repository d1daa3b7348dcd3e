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
export function securityHeaders(isHttps: boolean): Record<string, string> {
	return {
		"Content-Security-Policy": CONTENT_SECURITY_POLICY,
		"X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "no-referrer",
		"Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
		"Cross-Origin-Opener-Policy": "same-origin",
		...(isHttps && { "Strict-Transport-Security": HSTS }),
	};
}
