import type { PasskeyInfo, PasskeyList } from "../../protocol/passkeys.ts";
import type { User } from "../../protocol/session.ts";

/** What is stored of a passkey: nothing that could sign in. */
export type Passkey = PasskeyInfo & {
	/** COSE, base64url. */
	publicKey: string;
	/** Uses that the authenticator has counted; 0 where it does not count. */
	counter: number;
};

/** A session that a user can see and end. */
export type StoredSession = { id: string; device: string; createdAt: number; expiresAt: number };

/** A session that was revoked. */
export type RevokedSession = { id: string; expiresAt: number };

export type PasskeyAddition = {
	user: User;
	passkey: Passkey;
	/** The session that adds it. */
	session: StoredSession;
	/** The skeletons of the user's name. */
	skeletons: readonly string[];
	/** SHA-256 of the recovery codes, hex: stored with the first passkey. */
	codeHashes: readonly string[];
};

/**
 * What came of a {@link PasskeyAddition}.
 * - `first`: the user had none. The name is theirs now, and a guest is a member.
 * - `known`: there is a passkey of this id.
 * - `name_taken`: the name, or one that looks like it, belongs to another person.
 * - `full`: the user has `MAX_PASSKEYS`, or there are `MAX_PEOPLE` people.
 */
export type AdditionOutcome = "first" | "added" | "known" | "name_taken" | "full";

/**
 * The stored passkeys, recovery codes, sign-in links and sessions. A user has an account from the first passkey on. Sessions
 * are stored of users who have one, or who signed in a second device.
 */
export interface AccountStore {
	addPasskey(addition: PasskeyAddition): Promise<AdditionOutcome>;
	/** Returns a passkey with its user, under the name of the account. */
	passkey(id: string): Promise<(Passkey & { user: User }) | undefined>;
	/** Returns the passkeys of a user, oldest first. */
	passkeys(userId: string): Promise<PasskeyList>;
	/** Records a sign-in. Returns false where the passkey was used with this challenge, or with one that was issued later. */
	usePasskey(id: string, use: { counter: number; challengedAt: number; at: number }): Promise<boolean>;
	/** Removes a passkey of a user, except the last one. */
	removePasskey(userId: string, id: string): Promise<"removed" | "missing" | "last">;
	/** Replaces the recovery codes of a user. Returns false without an account. */
	replaceRecoveryCodes(userId: string, codeHashes: readonly string[]): Promise<boolean>;
	/** Stores a link that signs another device in, in place of a former one of the user. Deletes expired ones. */
	addSignInLink(user: User, session: StoredSession, link: { codeHash: string; expiresAt: number }): Promise<void>;
	/** Uses up a recovery code or a link. Returns its user; undefined for a wrong, a used and an expired one. */
	useSignInCode(codeHash: string, at: number): Promise<User | undefined>;
	/** Stores a session. Revokes and returns the oldest ones above `MAX_SESSIONS`. */
	addSession(userId: string, session: StoredSession): Promise<RevokedSession[]>;
	/** Returns the sessions of a user that have not expired at `now`, newest first. */
	sessions(userId: string, now: number): Promise<StoredSession[]>;
	/** Revokes one session of a user, or all but one, with the links of the user. Returns those that it revoked. */
	endSessions(userId: string, which: { only: string } | { except: string }): Promise<RevokedSession[]>;
}
