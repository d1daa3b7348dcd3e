const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"connect-src 'self'",
	"img-src 'self' data: blob:",
	"media-src 'self' blob:",
	"manifest-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
].join("; ");
const HSTS = "max-age=31536000";

/** Returns the headers of every response. They let the page load its own files, connect to its own server and request the location. */
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
