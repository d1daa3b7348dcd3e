/** A passkey of the user's own. Times are milliseconds since 1970. */
export type PasskeyInfo = {
	/** The id of the credential. */
	id: string;
	/** The browser and system on which it was added. */
	device: string;
	createdAt: number;
	/** The last sign-in with it. */
	usedAt?: number;
};

/** The response to `GET /api/passkeys`. `recoveryCodes` is how many are left. */
export type PasskeyList = { passkeys: PasskeyInfo[]; recoveryCodes: number };

/** The response to `POST /api/passkeys`. The first passkey comes with the codes, which are in no later response. */
export type AddedPasskey = PasskeyInfo & { recoveryCodes?: string[] };

/** A session of the user's own, in the response to `GET /api/sessions`. */
export type SessionEntry = {
	id: string;
	/** The browser and system that signed in. */
	device: string;
	createdAt: number;
	/** Whether it is the session of the request. */
	current?: true;
};

/** The response to `POST /api/session/link`: a link that signs another device in, once. */
export type SignInLink = { code: string; url: string; expiresAt: number };
