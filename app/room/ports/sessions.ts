import type { User } from "../../protocol/session.ts";

/** Lifetime of a session. After it the page asks for a name again. */
export const SESSION_MS = 180 * 24 * 60 * 60 * 1_000;

/** A signed-in user on one device. */
export type Session = {
	/** At least 128 random bits, hex. */
	id: string;
	user: User;
	/** Milliseconds since 1970; the token is void from then on. */
	expiresAt: number;
};

/** Issues and verifies signed tokens without reading the store. */
export interface Sessions {
	/** Returns a session of a new user with this name, or of the user with the id `userId`, and the token that proves it. */
	issue(name: string, userId?: string): { session: Session; token: string };
	/** Returns a token of a session under another name. */
	renamed(session: Session, name: string): string;
	/** Returns the session of a token that is genuine, has not expired and was not revoked. */
	verify(token: string): Session | undefined;
	/** Ends a session on every process: refused from the call on, durable once this resolves. */
	revoke(session: Session): Promise<void>;
}

/** The stored revocations, and the secret that signs the tokens. */
export interface SessionStore {
	/** Stores that a session was revoked, until `expiresAt`, when its token is void by itself. It is no longer listed. */
	revokeSession(sessionId: string, expiresAt: number): Promise<void>;
	/** Returns the sessions that were revoked, also those that have expired: see `RetentionStore.dropEnded`. */
	revokedSessions(): Promise<string[]>;
	/**
	 * Returns the secret that every process on this store shares: the stored one, or `fresh`, which it stores. Absent in a
	 * store that only one machine can use: the secret is a file beside it.
	 */
	getOrCreateSecret?(fresh: string): Promise<string>;
}
