import { roomsAndEntries } from "./001-rooms-and-entries.ts";
import { moderation } from "./002-moderation.ts";

/** Every change of SQLite's schema, oldest first; a database's version is how many it has seen. Only ever added to. */
export const MIGRATIONS: readonly string[] = [roomsAndEntries, moderation];
