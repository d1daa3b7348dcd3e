/** `server:notice`: an announcement by the operator to every user. */
export type Notice = { text: string; createdAt: number };

/** `server:draining`: the server is shutting down (rule D1). */
export type Draining = {
	/** The client reconnects at a random moment within this many milliseconds, so that not all reconnect at once. */
	retryAfterMs: number;
};
