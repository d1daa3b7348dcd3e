import { roomsAndEntries } from "./001-rooms-and-entries.ts";
import { moderation } from "./002-moderation.ts";
import { conversation } from "./003-conversation.ts";
import { readMarks } from "./004-read-marks.ts";
import { people } from "./005-people.ts";
import { privateRooms } from "./006-private-rooms.ts";
import { files } from "./007-files.ts";
import { accounts } from "./008-accounts.ts";
import { search } from "./009-search.ts";
import { reports } from "./010-reports.ts";
import { changedUsers } from "./011-changed-users.ts";

/** The migrations of SQLite's schema, oldest first. A database's version is the number that was applied. Append only. */
export const SQLITE_MIGRATIONS: readonly string[] = [
	roomsAndEntries,
	moderation,
	conversation,
	readMarks,
	people,
	privateRooms,
	files,
	accounts,
	search,
	reports,
	changedUsers,
];
