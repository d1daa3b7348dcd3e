import type { Clock } from "../room/ports/clock.ts";
import type { Store } from "../room/ports/store.ts";
import type { ReconcilerSource } from "../room/reconciler.ts";
import { SESSION_MS } from "./sessions.ts";

const INTERVAL_MS = 60_000;

type RevocationSourceDeps = {
	store: Pick<Store, "revokedSessions">;
	clock: Pick<Clock, "now">;
	onRevoked: (sessionId: string, expiresAt: number) => void;
};

/** Finds the sessions that other processes revoked and whose cluster message was lost (rule S3). */
export function revocationSource({ store, clock, onRevoked }: RevocationSourceDeps): ReconcilerSource {
	return {
		name: "revoked sessions",
		intervalMs: () => INTERVAL_MS,
		async reconcile() {
			const now = clock.now();
			for (const id of await store.revokedSessions(now)) onRevoked(id, now + SESSION_MS);
		},
	};
}
