import { ServerProcess } from "../../kit/server-process.ts";
import type { StoredRooms } from "../check/history.ts";
import { integrityOf, readStore } from "../check/read-store.ts";
import type { ChatUnderTest } from "./chat-under-test.ts";

/** A chat of one process on SQLite. */
export class ChatProcess extends ServerProcess implements ChatUnderTest {
	integrity(): string {
		return integrityOf(this.databasePath);
	}

	stored(): StoredRooms {
		return readStore(this.databasePath);
	}
}
