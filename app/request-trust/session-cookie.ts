/** The name of the cookie with a session's token on http. Scripts can't read it; the browser sends it with every request. */
export const SESSION_COOKIE = "session";
/** Its name on https: a browser accepts it from this host only, so that no other program on the domain can replace it. */
export const SECURE_SESSION_COOKIE = "__Host-session";

/** More cookies of the name are ignored, because each costs a verification. */
const MAX_TOKENS = 8;

/**
 * Returns the values of all cookies of those names in a `Cookie` header, those of https first. A browser sends several if
 * another program on the same host has set one too, or if the chat was at http before.
 */
export function sessionTokens(header = ""): string[] {
	const pairs = header.split(";").map((pair) => pair.trim().split("="));
	const valuesOf = (wanted: string) => pairs.flatMap(([name, ...value]) => (name === wanted ? [value.join("=")] : []));
	return [...valuesOf(SECURE_SESSION_COOKIE), ...valuesOf(SESSION_COOKIE)].slice(0, MAX_TOKENS);
}

/** Returns the first session that one of the tokens proves. */
export function firstSession<S>(tokens: readonly string[], verify: (token: string) => S | undefined): S | undefined {
	for (const token of tokens) {
		const session = verify(token);
		if (session !== undefined) return session;
	}
	return undefined;
}
