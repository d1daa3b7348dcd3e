import { randomBytes } from "node:crypto";
import type { User } from "../protocol/session.ts";
import type { Clock } from "../room/ports/clock.ts";
import { SESSION_MS, type Session, type Sessions } from "../room/ports/sessions.ts";
import type { Store } from "../room/ports/store.ts";
import { Revocations } from "./revocations.ts";
import { TokenSigner } from "./token.ts";

const SESSION_ID_BYTES = 16;
/** Twelve characters of base64url: unique, and short, because every message has one. */
const USER_ID_BYTES = 9;

type SessionsDeps = {
	/** Signs the tokens. Its holder can sign in as any user. */
	secret: string;
	store: Pick<Store, "revokeSession">;
	/** The result of `Store.revokedSessions` at the start. */
	revoked: readonly string[];
	clock: Pick<Clock, "now">;
	/** Returns a user under their current name; undefined for one who is gone. */
	current?: (user: User) => User | undefined;
};

/** Sessions that other processes revoke too. */
export interface SharedSessions extends Sessions {
	/** Records that another process revoked a session. Returns false if it was recorded before. */
	revoked(sessionId: string): boolean;
}

/**
 * Returns sessions that are proved by their tokens only. The sign-in of a guest writes nothing, and a handshake reads
 * revocations only.
 */
export function createSessions({
	secret,
	store,
	revoked,
	clock,
	current = (user) => user,
}: SessionsDeps): SharedSessions {
	const signer = new TokenSigner(secret);
	const revocations = new Revocations();
	for (const id of revoked) revocations.add(id);

	return {
		issue(name, userId = randomBytes(USER_ID_BYTES).toString("base64url")) {
			const session: Session = {
				id: randomBytes(SESSION_ID_BYTES).toString("hex"),
				user: { id: userId, name },
				expiresAt: clock.now() + SESSION_MS,
			};
			return { session, token: signer.sign(session) };
		},
		renamed: (session, name) => signer.sign({ ...session, user: { id: session.user.id, name } }),
		verify(token) {
			const session = signer.read(token);
			if (!session || session.expiresAt <= clock.now() || revocations.has(session.id)) return undefined;
			const user = current(session.user);
			return user && { ...session, user };
		},
		async revoke({ id, expiresAt }) {
			revocations.add(id);
			try {
				await store.revokeSession(id, expiresAt);
			} catch (error) {
				// After a restart it would be valid again. The caller may retry with the same token.
				revocations.delete(id);
				throw error;
			}
		},
		revoked(id) {
			if (revocations.has(id)) return false;
			revocations.add(id);
			return true;
		},
	};
}
