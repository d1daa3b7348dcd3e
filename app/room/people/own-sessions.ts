import { SIGN_IN_LINK_MS } from "../../protocol/limits.ts";
import type { SessionEntry, SignInLink } from "../../protocol/passkeys.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { User } from "../../protocol/session.ts";
import type { RevokedSession } from "../ports/accounts.ts";
import type { Clock } from "../ports/clock.ts";
import type { Session, Sessions } from "../ports/sessions.ts";
import type { Store } from "../ports/store.ts";
import { accept, refuse } from "../refusals.ts";
import { cleanCode, hashOf, randomCode } from "./codes.ts";

/** 130 bits. */
const LINK_CHARS = 26;

type OwnSessionsDeps = {
	store: Pick<Store, "accounts">;
	sessions: Pick<Sessions, "issue">;
	clock: Pick<Clock, "now">;
	/** Ends a revoked session's connections, on every process. */
	onEnded: (session: RevokedSession) => void;
};

/** A session and the device that has it. */
export type DeviceSession = Session & { device: string };

/** The sessions of one user on several devices. */
export class OwnSessions {
	readonly #deps: OwnSessionsDeps;

	constructor(deps: OwnSessionsDeps) {
		this.#deps = deps;
	}

	/** Signs a known user in. The session is stored, so that the user can see and end it. */
	async begin({ id, name }: User, device: string): Promise<{ session: Session; token: string }> {
		const { store, sessions, clock } = this.#deps;
		const issued = sessions.issue(name, id);
		const { id: sessionId, expiresAt } = issued.session;
		const ended = await store.accounts.addSession(id, { id: sessionId, device, createdAt: clock.now(), expiresAt });
		this.#ended(ended);
		return issued;
	}

	/** Returns the sessions of a user, newest first. Of a guest on one device it is the one of the request. */
	async list({ id, user, device }: DeviceSession): Promise<{ sessions: SessionEntry[] }> {
		const { store, clock } = this.#deps;
		const stored = await store.accounts.sessions(user.id, clock.now());
		const sessions = stored.map(
			({ expiresAt: _, ...entry }): SessionEntry => ({
				...entry,
				...(entry.id === id && { current: true }),
			}),
		);
		const isListed = sessions.some(({ current }) => current);
		return { sessions: isListed ? sessions : [{ id, device, createdAt: clock.now(), current: true }, ...sessions] };
	}

	/** Ends another session of the user. */
	async end({ id: own, user }: Session, id: string): Promise<Ack<unknown>> {
		if (id === own) return refuse("bad_request", "This is the session that you use. Sign out instead.");
		const ended = await this.#deps.store.accounts.endSessions(user.id, { only: id });
		this.#ended(ended);
		return ended.length > 0 ? accept({}) : refuse("not_found", "You have no such session. It may have ended.");
	}

	/** Ends all other sessions of the user, and voids their links. */
	async endOthers({ id, user }: Session): Promise<void> {
		this.#ended(await this.#deps.store.accounts.endSessions(user.id, { except: id }));
	}

	/** Creates a code that signs another device in as this user, once and within minutes. */
	async createLink({ id, user, device, expiresAt }: DeviceSession): Promise<Omit<SignInLink, "url">> {
		const { store, clock } = this.#deps;
		const code = randomCode(LINK_CHARS).replaceAll("-", "");
		const createdAt = clock.now();
		const link = { codeHash: await hashOf(code), expiresAt: createdAt + SIGN_IN_LINK_MS };
		await store.accounts.addSignInLink(user, { id, device, createdAt, expiresAt }, link);
		return { code, expiresAt: link.expiresAt };
	}

	/** Uses up a recovery code, or the code of a link. Every failure is the same refusal. */
	async userOf(code: string): Promise<Ack<User>> {
		const { store, clock } = this.#deps;
		const user = await store.accounts.useSignInCode(await hashOf(cleanCode(code)), clock.now());
		return user ? accept(user) : refuse("not_found", "This code can't be used. It may be wrong, old or used up.");
	}

	#ended(sessions: readonly RevokedSession[]): void {
		for (const session of sessions) this.#deps.onEnded(session);
	}
}
