import type { BanInfo } from "../../protocol/moderation.ts";
import type { NewAuditEntry } from "./audit.ts";

/** The target of a ban: a user by their id, or an address as the limits count it (an IPv6 /64 is one). */
export type BanTarget = Pick<BanInfo, "kind" | "target" | "room">;

/** A ban. Of two with the same target, the one that ends later is active. */
export type Ban = BanInfo;

/**
 * A decision of an admin, as one process sends it to another: plain JSON. Applying one twice changes nothing. A ban is
 * replaced only by one that ends later.
 */
export type ModerationCommand =
	/** With `withAddresses`, each process also bans the addresses from which it knows the user. */
	| { kind: "ban"; ban: Ban; withAddresses?: boolean }
	| { kind: "unban"; banned: BanTarget }
	| { kind: "room_closed"; room: string }
	| { kind: "room_reopened"; room: string };

/** The moderation in effect: the result of all commands. */
export type ActiveModerationState = { bans: Ban[]; closedRooms: string[] };

/** The stored moderation. */
export interface ModerationStore {
	/** Stores commands together with their entries in the audit log, in one transaction. */
	enact(commands: readonly ModerationCommand[], audit: readonly NewAuditEntry[]): Promise<void>;
	/**
	 * Returns the bans, oldest first, and the closed rooms. Bans that have ended are among them: a clock that is ahead for a
	 * while must not lift the others. See `RetentionStore.dropEnded`.
	 */
	activeModeration(): Promise<ActiveModerationState>;
}
