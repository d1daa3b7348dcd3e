import { roomsAndEntries } from "./001-rooms-and-entries.ts";
import { appendBatch } from "./002-append-batch.ts";
import { moderation } from "./003-moderation.ts";

/** Every change of PostgreSQL's schema, oldest first; a database's version is how many it has seen. Only ever added to. */
export const MIGRATIONS: readonly string[] = [roomsAndEntries, appendBatch, moderation];
