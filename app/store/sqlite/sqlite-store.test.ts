import { backupContract } from "../contract/backup.ts";
import { storeContract } from "../contract.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

storeContract("SQLite", openTemporaryStore);
backupContract("SQLite", openTemporaryStore);
