/** The name of the cookie with a session's token. Scripts can't read it; the browser sends it with every request. */
export const SESSION_COOKIE = "session";

/** More cookies of the name are ignored, because each costs a verification. */
const MAX_TOKENS = 8;

/**
 * Returns the values of all cookies of that name in a `Cookie` header. A browser sends several if another program on the
 * same host has set one too.
 */
export function sessionTokens(header = ""): string[] {
	const pairs = header.split(";").map((pair) => pair.trim().split("="));
	const values = pairs.flatMap(([name, ...value]) => (name === SESSION_COOKIE ? [value.join("=")] : []));
	return values.slice(0, MAX_TOKENS);
}

/** Returns the first session that one of the tokens proves. */
export function firstSession<S>(tokens: readonly string[], verify: (token: string) => S | undefined): S | undefined {
	for (const token of tokens) {
		const session = verify(token);
		if (session !== undefined) return session;
	}
	return undefined;
}
