import type { User } from "./session.ts";

/** The people in a room at one moment (rule P1). */
export type PresenceSnapshot = {
	/** People in the room, not connections. */
	count: number;
	/** All of them up to `PRESENCE_LIST_MEMBERS`; of a larger room, `PRESENCE_SAMPLE_MEMBERS`. */
	members: User[];
	/** Whether `members` is incomplete. */
	truncated: boolean;
};

/** `presence:diff`: the joins and leaves since the last one. */
export type PresenceDiff = {
	room: string;
	/** Empty above `PRESENCE_LIST_MEMBERS` members, as `leaves` is; only `count` is set then. */
	joins: User[];
	leaves: User[];
	count: number;
};
