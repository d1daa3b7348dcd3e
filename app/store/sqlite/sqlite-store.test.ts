import { storeContract } from "../contract.ts";
import { openTemporaryStore } from "./temporary-store.ts";

storeContract("SQLite", openTemporaryStore);
