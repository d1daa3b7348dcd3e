import { accountsContract } from "./contract/accounts.ts";
import { auditContract } from "./contract/audit.ts";
import { convergenceContract } from "./contract/convergence.ts";
import { editsContract } from "./contract/edits.ts";
import { filesContract } from "./contract/files.ts";
import type { OpenForTest } from "./contract/fixture.ts";
import { historyContract } from "./contract/history.ts";
import { invitationsContract } from "./contract/invitations.ts";
import { lifecycleContract } from "./contract/lifecycle.ts";
import { logContract } from "./contract/log.ts";
import { moderationContract } from "./contract/moderation.ts";
import { peopleContract } from "./contract/people.ts";
import { pinsContract } from "./contract/pins.ts";
import { privateRoomsContract } from "./contract/private-rooms.ts";
import { reactionsContract } from "./contract/reactions.ts";
import { readMarksContract } from "./contract/read-marks.ts";
import { removalsContract } from "./contract/removals.ts";
import { repliesContract } from "./contract/replies.ts";
import { reportsContract } from "./contract/reports.ts";
import { retentionContract } from "./contract/retention.ts";
import { roomsContract } from "./contract/rooms.ts";
import { searchContract } from "./contract/search.ts";
import { sessionsContract } from "./contract/sessions.ts";

/** The suite that every store passes. `open` returns an empty store for each test. */
export function storeContract(name: string, open: OpenForTest): void {
	logContract(name, open);
	historyContract(name, open);
	removalsContract(name, open);
	editsContract(name, open);
	reactionsContract(name, open);
	pinsContract(name, open);
	repliesContract(name, open);
	filesContract(name, open);
	convergenceContract(name, open);
	readMarksContract(name, open);
	searchContract(name, open);
	roomsContract(name, open);
	privateRoomsContract(name, open);
	retentionContract(name, open);
	sessionsContract(name, open);
	moderationContract(name, open);
	auditContract(name, open);
	reportsContract(name, open);
	peopleContract(name, open);
	invitationsContract(name, open);
	accountsContract(name, open);
	lifecycleContract(name, open);
}
