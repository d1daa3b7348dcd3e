import { ServerProcess } from "../../kit/server-process.ts";
import type { StoredRooms } from "../check/history.ts";
import { integrityOf, readStore } from "../check/read-store.ts";

/** A chat of one process or of several, as the check at the end of a row sees it. */
export interface ChatUnderTest {
	readonly url: string;
	/** Sends SIGTERM to all processes. Resolves with 0, or with the first other exit code, null for a killed process. */
	stop(): Promise<number | null>;
	/** Returns `ok`, or what is damaged. */
	integrity(): string | Promise<string>;
	stored(): StoredRooms | Promise<StoredRooms>;
}

/** A chat of one process on SQLite. */
export class ChatProcess extends ServerProcess implements ChatUnderTest {
	integrity(): string {
		return integrityOf(this.databasePath);
	}

	stored(): StoredRooms {
		return readStore(this.databasePath);
	}
}
