import type { AccountStore } from "../../room/ports/accounts.ts";
import type { StorageThread } from "./storage-thread.ts";
import type { WriterCalls } from "./writer.ts";

/** The passkeys, codes and sessions of a SQLite store. All calls run on the writer thread, one after the other. */
export function accountStore(writer: StorageThread<WriterCalls>): AccountStore {
	return {
		addPasskey: (addition) => writer.call("addPasskey", [addition]),
		passkey: (id) => writer.call("passkey", [id]),
		passkeys: (userId) => writer.call("passkeys", [userId]),
		usePasskey: (id, use) => writer.call("usePasskey", [id, use]),
		removePasskey: (userId, id) => writer.call("removePasskey", [userId, id]),
		replaceRecoveryCodes: (userId, codeHashes) => writer.call("replaceRecoveryCodes", [userId, codeHashes]),
		addSignInLink: (user, session, link) => writer.call("addSignInLink", [user, session, link]),
		useSignInCode: (codeHash, at) => writer.call("useSignInCode", [codeHash, at]),
		addSession: (userId, session) => writer.call("addSession", [userId, session]),
		sessions: (userId, now) => writer.call("sessions", [userId, now]),
		endSessions: (userId, which) => writer.call("endSessions", [userId, which]),
	};
}
