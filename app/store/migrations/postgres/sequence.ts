import { roomsAndEntries } from "./001-rooms-and-entries.ts";
import { appendBatchFunction } from "./002-append-batch.ts";
import { moderation } from "./003-moderation.ts";

/** The migrations of PostgreSQL's schema, oldest first. A database's version is the number that was applied. Append only. */
export const POSTGRES_MIGRATIONS: readonly string[] = [roomsAndEntries, appendBatchFunction, moderation];
