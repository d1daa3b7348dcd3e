import type { Ack } from "../../app/protocol/refusal.ts";
import type { ApiClient } from "./api-client.ts";
import type { ClientSession } from "./session.ts";

type Entering = { api: ApiClient; session: Pick<ClientSession, "restoreAgain"> };
/** The room that an invitation leads to. */
type Entered = { room?: string };

/** Becomes the owner of the chat by the code of the claim link, as the signed-in user, or under a name. */
export async function claimChat({ api, session }: Entering, code: string, name?: string): Promise<Ack<Entered>> {
	if (name !== undefined) {
		const signedIn = await api("POST", "/api/session", { name });
		if (!signedIn.ok) return signedIn;
	}
	const claimed = await api<Entered>("POST", "/api/claim", { code });
	if (claimed.ok || name !== undefined) await session.restoreAgain();
	return claimed.ok ? { ok: true, data: {} } : claimed;
}

/** Uses an invitation, as the signed-in user, or under a name. */
export async function redeemInvitation({ api, session }: Entering, code: string, name?: string): Promise<Ack<Entered>> {
	if (name !== undefined) {
		// A session of a stranger would be used in place of the name.
		const signedOut = await api("DELETE", "/api/session");
		if (!signedOut.ok) return signedOut;
	}
	const redeemed = await api<Entered>("POST", "/api/invitations/redeem", { code, ...(name !== undefined && { name }) });
	if (redeemed.ok) await session.restoreAgain();
	return redeemed;
}

/** Signs in by a recovery code, or by the code of a link for another device. The session is in the cookie. */
export function signInWithCode(api: ApiClient, code: string): Promise<Ack<unknown>> {
	return api("POST", "/api/session/code", { code });
}

/** Signs this device in as the person who made the link. */
export async function useDeviceLink({ api, session }: Entering, code: string): Promise<Ack<Entered>> {
	const signedIn = await signInWithCode(api, code);
	if (!signedIn.ok) return signedIn;
	await session.restoreAgain();
	return { ok: true, data: {} };
}
