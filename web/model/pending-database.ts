import type { PendingStore } from "./pending.ts";

/** Opens the store of pending messages in IndexedDB; Web Locks tell which tabs are alive. */
export declare function openPendingDatabase(name?: string): PendingStore;
