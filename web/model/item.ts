import type { Content } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import type { PendingState } from "./pending.ts";

/**
 * One line of the timeline, in the order of drawing. `key` is unique in the room and stays the same from queued to
 * stored, and over a reload of history. An item that did not change is the same object as before.
 */
export type Item = MessageItem | PresenceItem | WelcomeItem | RestartItem;

export type MessageItem = {
	kind: "message";
	key: string;
	author: User;
	/** Milliseconds since 1970; by this device's clock until the server said its own. */
	createdAt: number;
	content: Content;
	/** Whether it is the signed-in user's. */
	mine: boolean;
	/** Of a message from the log always `stored`. */
	state: PendingState;
	/** Its place in the log; undefined until the server said it. */
	seq: number | undefined;
	/** Give it to `retry` or `discard`; only where `state` is `failed`. */
	clientId?: string;
	/** Why it failed: `message` is the sentence to show. */
	refusal?: Refusal;
};

/** Somebody came or went: a quiet line, in small rooms only. */
export type PresenceItem = { kind: "presence"; key: string; user: User; change: "joined" | "left"; at: number };
/** To the newcomer, and only to them. */
export type WelcomeItem = { kind: "welcome"; key: string; at: number };
/** The absence was too long to show all that happened: what is below is the newest; scrolling up loads the rest. */
export type RestartItem = { kind: "restart"; key: string; at: number };
