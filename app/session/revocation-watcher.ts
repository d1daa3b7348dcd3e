import type { Clock } from "../room/ports/clock.ts";
import type { Store } from "../room/ports/store.ts";
import { SESSION_MS } from "./sessions.ts";

/** Where other processes share the store, a session that they ended and whose word was lost is ended here within this. */
const LOOK_EVERY_MS = 60_000;

type RevocationWatcherDeps = {
	store: Pick<Store, "revokedSessions">;
	clock: Pick<Clock, "now" | "after">;
	onRevoked: (sessionId: string, expiresAt: number) => void;
	onError: (error: unknown) => void;
};

/** Finds out which sessions other processes ended: what they told may have been lost (rule S3). */
export class RevocationWatcher {
	readonly #deps: RevocationWatcherDeps;
	#cancel: (() => void) | undefined;

	constructor(deps: RevocationWatcherDeps) {
		this.#deps = deps;
	}

	/** Never rejects: what can't be read now is read the next time. */
	async look(): Promise<void> {
		const { store, clock, onRevoked, onError } = this.#deps;
		const now = clock.now();
		try {
			for (const id of await store.revokedSessions(now)) onRevoked(id, now + SESSION_MS);
		} catch (error) {
			onError(error);
		}
	}

	/** Looks now and then, until {@link stop}. */
	watch(): void {
		this.#cancel = this.#deps.clock.after(LOOK_EVERY_MS, () => {
			void this.look().finally(() => {
				if (this.#cancel) this.watch();
			});
		});
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}
}
