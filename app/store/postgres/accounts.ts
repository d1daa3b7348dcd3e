import type { AccountStore } from "../../room/ports/accounts.ts";
import type { Connections } from "./connections.ts";
import { addPasskey, readPasskey, readPasskeys, removePasskey, replaceRecoveryCodes, usePasskey } from "./passkeys.ts";
import { addSession, addSignInLink, endSessions, readSessions, useSignInCode } from "./sessions.ts";

type Run = <T>(work: (connections: Connections) => Promise<T>) => Promise<T>;

/** The passkeys, codes and sessions of a PostgreSQL store, which runs the calls. */
export function accountStore(run: Run): AccountStore {
	return {
		addPasskey: (addition) => run((connections) => addPasskey(connections, addition)),
		passkey: (id) => run((connections) => readPasskey(connections, id)),
		passkeys: (userId) => run((connections) => readPasskeys(connections, userId)),
		usePasskey: (id, use) => run((connections) => usePasskey(connections, id, use)),
		removePasskey: (userId, id) => run((connections) => removePasskey(connections, userId, id)),
		replaceRecoveryCodes: (userId, hashes) => run((connections) => replaceRecoveryCodes(connections, userId, hashes)),
		addSignInLink: (user, session, link) => run((connections) => addSignInLink(connections, user, session, link)),
		useSignInCode: (codeHash, at) => run((connections) => useSignInCode(connections, codeHash, at)),
		addSession: (userId, session) => run((connections) => addSession(connections, userId, session)),
		sessions: (userId, now) => run((connections) => readSessions(connections, userId, now)),
		endSessions: (userId, which) => run((connections) => endSessions(connections, userId, which)),
	};
}
