/** The cookie that holds the token of a session. Pages can't read it, and every request and handshake of theirs has it. */
export const SESSION_COOKIE = "session";
