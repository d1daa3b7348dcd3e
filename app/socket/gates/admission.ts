import { PROTOCOL_VERSION } from "../../protocol/events.ts";
import type { Ack } from "../../protocol/refusal.ts";
import { firstSession } from "../../request-trust/session-cookie.ts";
import { KeyedCounter } from "../../room/keyed-counter.ts";
import type { Limits } from "../../room/limits.ts";
import type { Bans } from "../../room/moderation/bans.ts";
import type { People } from "../../room/people/people.ts";
import type { Session, Sessions } from "../../room/ports/sessions.ts";
import { accept, refuse } from "../../room/refusals.ts";

/** The content of a handshake, over any transport. Untrusted. */
export type Handshake = {
	/** The client's `auth` object. */
	auth: Readonly<Record<string, unknown>>;
	/** The values of the session's cookies. */
	cookieTokens: readonly string[];
	address: string;
	/** Whether it has the load token, which lifts the limit per address and comes in regardless of the access. */
	hasLoadToken: boolean;
};

type AdmissionDeps = {
	sessions: Pick<Sessions, "verify">;
	limits: Pick<Limits, "connectionsPerUser" | "connectionsPerAddress">;
	bans: Pick<Bans, "refusal">;
	people: Pick<People, "entryRefusal">;
	isDraining: () => boolean;
};

/** Decides who may connect, and counts connections by user and address (rules S2, S5, S6). */
export class Admission {
	readonly #deps: AdmissionDeps;
	readonly #perUser = new KeyedCounter();
	readonly #perAddress = new KeyedCounter();

	constructor(deps: AdmissionDeps) {
		this.#deps = deps;
	}

	/** Returns the session of a handshake, or the refusal. */
	admit({ auth, cookieTokens, address, hasLoadToken }: Handshake): Ack<Session> {
		const { sessions, bans, people, isDraining } = this.#deps;
		if (isDraining())
			return refuse("draining", "The server is restarting. Try again in a moment.", { retryAfterMs: 1_000 });
		if (auth.v !== undefined && auth.v !== PROTOCOL_VERSION)
			return refuse("stale_client", "This page is from another version of the server. Reload it.");
		const tokens = typeof auth.token === "string" ? [auth.token] : cookieTokens;
		const session = firstSession(tokens, (token) => sessions.verify(token));
		const banned = bans.refusal({ userId: session?.user.id, address });
		if (banned) return banned;
		const stranger = hasLoadToken ? undefined : people.entryRefusal(session?.user.id);
		if (stranger) return stranger;
		if (!session) return refuse("unauthorized", "Sign in first: POST /api/session.");
		if (this.#isUserFull(session.user.id))
			return refuse("rate_limited", "Too many open connections. Close a tab and try again.", { retryAfterMs: 10_000 });
		if (!hasLoadToken && this.#isAddressFull(address))
			return refuse("rate_limited", "Too many connections from your address. Try again later.", {
				retryAfterMs: 30_000,
			});
		return accept(session);
	}

	/**
	 * Counts a connection. Returns a function that removes it from the count, or undefined if the connections that were admitted
	 * at the same time have reached the limit.
	 */
	enter(userId: string, address: string, hasLoadToken = false): (() => void) | undefined {
		if (this.#isUserFull(userId) || (!hasLoadToken && this.#isAddressFull(address))) return undefined;
		this.#perUser.add(userId);
		this.#perAddress.add(address);
		return () => {
			this.#perUser.remove(userId);
			this.#perAddress.remove(address);
		};
	}

	#isUserFull(userId: string): boolean {
		return this.#perUser.isFull(userId, this.#deps.limits.connectionsPerUser);
	}

	#isAddressFull(address: string): boolean {
		return this.#perAddress.isFull(address, this.#deps.limits.connectionsPerAddress);
	}

	/** The number of connected users. */
	get users(): number {
		return this.#perUser.size;
	}
}
