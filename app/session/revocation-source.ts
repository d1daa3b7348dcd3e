import type { Store } from "../room/ports/store.ts";
import type { ReconcilerSource } from "../room/reconciler.ts";

const INTERVAL_MS = 60_000;

type RevocationSourceDeps = {
	store: Pick<Store, "revokedSessions">;
	onRevoked: (sessionId: string) => void;
};

/** Finds the sessions that other processes revoked and whose cluster message was lost (rule S3). */
export function revocationSource({ store, onRevoked }: RevocationSourceDeps): ReconcilerSource {
	return {
		name: "revoked sessions",
		intervalMs: () => INTERVAL_MS,
		async reconcile() {
			for (const id of await store.revokedSessions()) onRevoked(id);
		},
	};
}
