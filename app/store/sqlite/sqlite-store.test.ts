import { storeContract } from "../contract.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

storeContract("SQLite", openTemporaryStore);
