/** `server:notice`: an announcement of the operator to everyone. */
export type Notice = { text: string; createdAt: number };

/** `server:draining`: the server is about to end (rule D1). */
export type Draining = {
	/** The client reconnects at a random moment within this many milliseconds, so that not all reconnect at once. */
	retryAfterMs: number;
};
