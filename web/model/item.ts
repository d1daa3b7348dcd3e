import type { FileInfo } from "../../app/protocol/file.ts";
import type { Entry } from "../../app/protocol/log.ts";
import type { Content } from "../../app/protocol/message.ts";
import type { Reaction } from "../../app/protocol/reaction.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import type { PendingState } from "./pending.ts";

/**
 * One item of the timeline. `key` is unique in the room and stays the same from queued to stored, and when history is
 * loaded again. An unchanged item is the same object as before.
 */
export type Item = MessageItem | SystemItem;

/** An item between the messages, which a page of history does not bring back. */
export type SystemItem = PresenceItem | AccessItem | WelcomeItem | RestartItem;

/**
 * A message as it will be after the pending changes, except for those that failed: these are marked, and can be retried
 * or discarded. A message with a pending removal is not among the items.
 */
export type MessageItem = {
	kind: "message";
	/** Names the message in calls of `Room`. */
	key: string;
	author: User;
	/** Milliseconds since 1970: by this device's clock until the ack, then by the server's. */
	createdAt: number;
	content: Content;
	/** Whether it is the signed-in user's. */
	mine: boolean;
	/** Always `stored` for a message of the log. */
	state: PendingState;
	/** Undefined until the ack. */
	seq: number | undefined;
	/** The argument for `retry` and `discard` of a failed message. Set for pending messages. */
	clientId?: string;
	/** The reason for the state `failed`; `message` is the sentence to show. */
	refusal?: Refusal;
	/** When the current text was written, if it was edited. Absent while the edit is pending. */
	editedAt?: number;
	/** An edit that is pending: `content` is its text. Or one that failed: `content` is the former text. */
	edit?: PendingEditMark;
	/** A removal that failed. */
	removal?: PendingMark;
	/** In the order of the log, new ones last. Absent where there are none. */
	reactions?: readonly ReactionItem[];
	/** Present while the message is pinned. */
	pinned?: true;
	/** A pin or its removal that is pending or failed. */
	pin?: PendingMark;
	/** Ids of the people whom the text mentions, or EVERYBODY. Absent where there are none. */
	mentions?: readonly string[];
	/** Present if another user mentions the signed-in user. */
	mentionsMe?: true;
	/** Absent where there are none. The text may be empty only where there are some. */
	files?: readonly FileInfo[];
	/** The message that this one replies to. */
	reply?: Quote;
	/** The seq of the first message of the thread, for `openThread`: of a reply, and of a message with replies. */
	thread?: number;
	/** Replies in the thread of which this is the first message. Absent where there are none. */
	replies?: number;
};

/** A change that the server has not confirmed. The `clientId` is the argument for `retry` and `discard` of a failed one. */
export type PendingMark = { clientId: string; state: PendingState; refusal?: Refusal };
/** `body` and `mentions` are for the composer, to edit a failed text again. */
export type PendingEditMark = PendingMark & { body: string; mentions?: readonly string[] };
/** The reactions with one emoji, including a pending one of the signed-in user. */
export type ReactionItem = Reaction & { pending?: PendingMark };

/** What a reply shows of the message that it replies to, in its current state. */
export type Quote = {
	/** Undefined while that message is not stored. */
	seq: number | undefined;
	/** `unknown`: it is being loaded, or cannot be. */
	state: "here" | "removed" | "unknown";
	/** The three below are present in the state `here` only. */
	author?: User;
	/** The first characters of the text, or what the files are, without line breaks; absent for a location. */
	excerpt?: string;
	location?: true;
};

/** Other users who joined and left, without a message between them. In small rooms only. `at`: of the last change. */
export type PresenceItem = {
	kind: "presence";
	key: string;
	joined: readonly User[];
	left: readonly User[];
	at: number;
};
/** An entry about the members or the settings of a private room. */
export type AccessEntry = Entry & { kind: "member" | "room" };
/**
 * Consecutive entries about the members and the settings of a private room. `at`: of the last one, by the server's clock.
 * `arrivedAt`: of the last one, by this device's clock.
 */
export type AccessItem = {
	kind: "access";
	key: string;
	entries: readonly AccessEntry[];
	at: number;
	arrivedAt: number;
};
/** Greets the user who has just joined. */
export type WelcomeItem = { kind: "welcome"; key: string; at: number };
/**
 * The absence was too long to resume: the latest messages follow, and scrolling up loads the rest. `isNew`: the log is
 * another one, as after an admin has removed the room; otherwise the user has missed too much.
 */
export type RestartItem = { kind: "restart"; key: string; at: number; isNew: boolean };
