import { backupContract } from "../contract/backups.ts";
import { storeContract } from "../contract.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

storeContract("SQLite", openTemporaryStore);
backupContract("SQLite", openTemporaryStore);
