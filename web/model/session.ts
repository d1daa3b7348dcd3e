import type { ReadonlySignal } from "@preact/signals";
import type { Refusal, User } from "../../app/protocol.ts";

/** `restoring` until the server said whether the cookie is good. */
export type SessionState = "restoring" | "signedOut" | "signedIn";

/** Who this is. */
export type Session = {
	readonly state: ReadonlySignal<SessionState>;
	readonly user: ReadonlySignal<User | undefined>;
	/** Why `restoring` takes long (the server can't be reached; it goes on trying), or why one was signed out. */
	readonly problem: ReadonlySignal<Refusal | undefined>;
	/** The name used last, to fill in the join page. */
	readonly lastName: ReadonlySignal<string>;
	signIn(name: string): Promise<Refusal | undefined>;
	signOut(): Promise<Refusal | undefined>;
};
