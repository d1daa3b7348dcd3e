import { randomBytes } from "node:crypto";
import type { Clock } from "../room/ports/clock.ts";
import type { Session, Sessions } from "../room/ports/sessions.ts";
import type { Store } from "../room/ports/store.ts";
import { Revocations } from "./revocations.ts";
import { TokenSigner } from "./token.ts";

/** A session ends by itself after this long; a page that comes back later asks for a name again. */
export const SESSION_MS = 180 * 24 * 60 * 60 * 1_000;
const SESSION_ID_BYTES = 16;
/** Nine bytes are twelve characters of base64url: short, for every delivery carries one, and enough to be unique. */
const USER_ID_BYTES = 9;

type SessionsDeps = {
	/** Whoever knows it can sign in as anybody. */
	secret: string;
	store: Pick<Store, "revokeSession">;
	/** What `Store.revokedSessions` told at the start. */
	revoked: readonly string[];
	clock: Pick<Clock, "now">;
};

/** Sessions that may be ended in another process as well. */
export interface SharedSessions extends Sessions {
	/** Another process ended this session, durably; whether that is news. */
	revoked(sessionId: string, expiresAt: number): boolean;
}

/** Sessions that live in their tokens: a sign-in writes nothing, a handshake reads nothing; only an early end is kept. */
export function createSessions({ secret, store, revoked, clock }: SessionsDeps): SharedSessions {
	const signer = new TokenSigner(secret);
	const revocations = new Revocations(clock);
	for (const id of revoked) revocations.add(id, clock.now() + SESSION_MS);

	return {
		issue(name) {
			const session: Session = {
				id: randomBytes(SESSION_ID_BYTES).toString("hex"),
				user: { id: randomBytes(USER_ID_BYTES).toString("base64url"), name },
				expiresAt: clock.now() + SESSION_MS,
			};
			return { session, token: signer.sign(session) };
		},
		verify(token) {
			const session = signer.read(token);
			return session && session.expiresAt > clock.now() && !revocations.has(session.id) ? session : undefined;
		},
		async revoke({ id, expiresAt }) {
			revocations.add(id, expiresAt);
			try {
				await store.revokeSession(id, expiresAt);
			} catch (error) {
				// It would be valid again after a restart: say so by failing, and let the same token try once more.
				revocations.delete(id);
				throw error;
			}
		},
		revoked(id, expiresAt) {
			if (revocations.has(id)) return false;
			revocations.add(id, expiresAt);
			return true;
		},
	};
}
