/** Passkeys of the browser: whether it has them, creating one, and signing in with one. */
import type { AddedPasskey } from "../../app/protocol/passkeys.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { ApiClient } from "./api-client.ts";

/** The parts of the browser that are used. */
export type PasskeyBrowser = {
	isSecureContext: boolean;
	location: { hostname: string };
	PublicKeyCredential?: typeof globalThis.PublicKeyCredential;
	navigator: { credentials: Pick<CredentialsContainer, "create" | "get"> };
};

/** Returns the sentence that says why this page can't use passkeys, if so. */
export function passkeyObstacle({
	isSecureContext,
	location,
	PublicKeyCredential,
}: PasskeyBrowser): string | undefined {
	if (!isSecureContext) return "Passkeys need https. Open the chat at an address that begins with https:// to add one.";
	if (/^[\d.]+$|^\[/.test(location.hostname))
		return "Passkeys need a name in the address, such as localhost: they don't work with a number.";
	if (typeof PublicKeyCredential?.parseCreationOptionsFromJSON !== "function")
		return "This browser is too old for passkeys. Update it, or use another one.";
	return undefined;
}

/** Creates a passkey of this device, or of a security key, and adds it to the signed-in user. */
export async function addPasskey(api: ApiClient, browser: PasskeyBrowser): Promise<Ack<AddedPasskey>> {
	const options = await api<PublicKeyCredentialCreationOptionsJSON>("POST", "/api/passkeys/options");
	if (!options.ok) return options;
	const created = await asked(() => {
		const publicKey = browser.PublicKeyCredential!.parseCreationOptionsFromJSON(options.data);
		return browser.navigator.credentials.create({ publicKey });
	});
	return created.ok ? api("POST", "/api/passkeys", { credential: created.data }) : created;
}

/** Signs in with a passkey that the browser offers. The session is in the cookie. */
export async function signInWithPasskey(api: ApiClient, browser: PasskeyBrowser): Promise<Ack<unknown>> {
	const options = await api<PublicKeyCredentialRequestOptionsJSON>("POST", "/api/session/passkey/options");
	if (!options.ok) return options;
	const used = await asked(() => {
		const publicKey = browser.PublicKeyCredential!.parseRequestOptionsFromJSON(options.data);
		return browser.navigator.credentials.get({ publicKey });
	});
	return used.ok ? api("POST", "/api/session/passkey", { credential: used.data }) : used;
}

/** Returns the credential as JSON, or why the browser gave none. */
async function asked(ask: () => Promise<Credential | null>): Promise<Ack<unknown>> {
	try {
		const credential = (await ask()) as PublicKeyCredential | null;
		return credential ? { ok: true, data: credential.toJSON() } : NO_CREDENTIAL;
	} catch (error) {
		return refused(SENTENCES[(error as Error).name] ?? CANCELLED);
	}
}

const CANCELLED = "Nothing was changed: the browser's window was closed, or took too long.";
const SENTENCES: Partial<Record<string, string>> = {
	InvalidStateError: "This device has a passkey of yours already.",
	SecurityError: "Passkeys of this chat work at its main address only. Open it there.",
	NotSupportedError: "This device can't keep passkeys. Use another one, or a security key.",
};

function refused(message: string): { ok: false; error: Refusal } {
	return { ok: false, error: { code: "bad_request", message, retryable: false } };
}

const NO_CREDENTIAL = refused(CANCELLED);
