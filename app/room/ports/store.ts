import type { AccountStore } from "./accounts.ts";
import type { AuditStore } from "./audit.ts";
import type { CapacityStore } from "./capacity.ts";
import type { FileStore } from "./files.ts";
import type { InvitationStore } from "./invitations.ts";
import type { LogStore } from "./log.ts";
import type { ModerationStore } from "./moderation.ts";
import type { PeopleStore } from "./people.ts";
import type { PrivateRoomStore } from "./private-rooms.ts";
import type { ReactionStore } from "./reactions.ts";
import type { ReadMarkStore } from "./read-marks.ts";
import type { ReportStore } from "./reports.ts";
import type { RetentionStore } from "./retention.ts";
import type { RoomStore } from "./rooms.ts";
import type { SearchIndex } from "./search.ts";
import type { SessionStore } from "./sessions.ts";
import type { UserStore } from "./users.ts";

/** The store can't be reached or written at the moment; the same call may succeed later. `cause` has the reason. */
export class StoreUnavailable extends Error {
	override readonly name = "StoreUnavailable";
}

/** The database is damaged. No later call succeeds; the operator has to restore a backup. */
export class StoreDamaged extends StoreUnavailable {}

/** The durable state of the chat. A method that can't be carried out now rejects with {@link StoreUnavailable}. */
export interface Store
	extends LogStore,
		ReactionStore,
		ReadMarkStore,
		RoomStore,
		PrivateRoomStore,
		RetentionStore,
		SessionStore,
		ModerationStore,
		PeopleStore,
		InvitationStore,
		AuditStore,
		FileStore {
	readonly accounts: AccountStore;
	readonly users: UserStore;
	readonly reports: ReportStore;
	readonly capacity: CapacityStore;
	readonly searchIndex: SearchIndex;
	/** Resolves when a write can be made durable. */
	ping(): Promise<void>;
	/** Writes a consistent copy of everything to a file while the store continues to work. */
	backup(path: string): Promise<void>;
	/** Completes pending work and releases the database. */
	close(): Promise<void>;
}
