/** The name of the cookie with a session's token. Scripts can't read it; the browser sends it with every request. */
export const SESSION_COOKIE = "session";
