import type { AccountStore } from "../room/ports/accounts.ts";

/** The accounts of a store in memory, which has none. `store/` has the real ones. */
export const NO_ACCOUNTS: AccountStore = {
	addPasskey: async () => "full",
	passkey: async () => undefined,
	passkeys: async () => ({ passkeys: [], recoveryCodes: 0 }),
	usePasskey: async () => false,
	removePasskey: async () => "missing",
	replaceRecoveryCodes: async () => false,
	addSignInLink: async () => {},
	useSignInCode: async () => undefined,
	addSession: async () => [],
	sessions: async () => [],
	endSessions: async () => [],
};
