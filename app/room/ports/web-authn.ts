import type { User } from "../../protocol/session.ts";
import type { Passkey } from "./accounts.ts";

/** The site that passkeys are for. */
export type RelyingParty = {
	/** A host, without a port. */
	id: string;
	/** The origins of its pages. */
	origins: readonly string[];
};

/** The credential of a browser's `navigator.credentials.create()`, as `toJSON()` writes it. */
export type CreatedCredential = {
	id: string;
	rawId: string;
	type: "public-key";
	response: { clientDataJSON: string; attestationObject: string };
};

/** The credential of a browser's `navigator.credentials.get()`, as `toJSON()` writes it. */
export type UsedCredential = {
	id: string;
	rawId: string;
	type: "public-key";
	response: {
		clientDataJSON: string;
		authenticatorData: string;
		signature: string;
		userHandle?: string | null | undefined;
	};
};

/** Web Authentication. Challenges are signed, so that every process of a chat accepts them and nothing is stored. */
export interface WebAuthn {
	/** Returns the options of `navigator.credentials.create()`, as JSON. */
	creationOptions(user: User, party: RelyingParty, known: readonly Pick<Passkey, "id">[]): Promise<object>;
	/** Returns the passkey of a genuine credential that the user just created. */
	created(
		user: User,
		party: RelyingParty,
		credential: CreatedCredential,
	): Promise<Pick<Passkey, "id" | "publicKey" | "counter"> | undefined>;
	/** Returns the options of `navigator.credentials.get()`, as JSON. They name no passkey: the browser offers its own. */
	requestOptions(party: RelyingParty): Promise<object>;
	/** Returns the count and the challenge's time of a genuine use of a passkey. */
	used(
		passkey: Passkey & { user: User },
		party: RelyingParty,
		credential: UsedCredential,
	): Promise<{ counter: number; challengedAt: number } | undefined>;
}
