import { roomsAndEntries } from "./001-rooms-and-entries.ts";
import { appendBatchFunction } from "./002-append-batch.ts";
import { moderation } from "./003-moderation.ts";
import { conversation } from "./004-conversation.ts";
import { appendChangeFunctions } from "./005-append-changes.ts";
import { appendBatchOfAllKinds } from "./006-append-batch.ts";
import { readingAndPruning } from "./007-reading-and-pruning.ts";
import { readMarks } from "./008-read-marks.ts";
import { people } from "./009-people.ts";
import { privateRooms } from "./010-private-rooms.ts";
import { files } from "./011-files.ts";
import { appendBatchWithFiles } from "./012-append-batch.ts";
import { accounts } from "./013-accounts.ts";
import { roomInvitations } from "./014-room-invitations.ts";
import { search } from "./015-search.ts";
import { reports } from "./016-reports.ts";
import { changedUsers } from "./017-changed-users.ts";

/** The migrations of PostgreSQL's schema, oldest first. A database's version is the number that was applied. Append only. */
export const POSTGRES_MIGRATIONS: readonly string[] = [
	roomsAndEntries,
	appendBatchFunction,
	moderation,
	conversation,
	appendChangeFunctions,
	appendBatchOfAllKinds,
	readingAndPruning,
	readMarks,
	people,
	privateRooms,
	files,
	appendBatchWithFiles,
	accounts,
	roomInvitations,
	search,
	reports,
	changedUsers,
];
