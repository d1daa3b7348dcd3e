import type { Content } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import type { PendingState } from "./pending.ts";

/**
 * One item of the timeline. `key` is unique in the room and stays the same from queued to stored, and when history is
 * loaded again. An unchanged item is the same object as before.
 */
export type Item = MessageItem | SystemItem;

/** An item that the page adds between the messages; it is not part of the log. */
export type SystemItem = PresenceItem | WelcomeItem | RestartItem;

export type MessageItem = {
	kind: "message";
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
};

/** Other users who joined and left, without a message between them. In small rooms only. `at`: of the last change. */
export type PresenceItem = {
	kind: "presence";
	key: string;
	joined: readonly User[];
	left: readonly User[];
	at: number;
};
/** Greets the user who has just joined. */
export type WelcomeItem = { kind: "welcome"; key: string; at: number };
/** The absence was too long to resume: the latest messages follow, and scrolling up loads the rest. */
export type RestartItem = { kind: "restart"; key: string; at: number };
