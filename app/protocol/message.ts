import type { FileInfo } from "./file.ts";
import type { Reaction } from "./reaction.ts";
import type { User } from "./session.ts";

/** A position on Earth. */
export type Location = {
	/** Degrees, -90 to 90. */
	latitude: number;
	/** Degrees, -180 to 180. */
	longitude: number;
	/** Metres; absent where the device does not report it. */
	accuracy?: number;
};

/** C0 and C1 controls except tab and line breaks, which can't be displayed, and lone surrogates, which can't be stored. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
export const FORBIDDEN_IN_BODIES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Cs}/gu;

/** The mention of everybody in the room, in the place of a user's id. */
export const EVERYBODY = "room";

/** The content of a message: either text or a location. The text of a message with files may be empty. */
export type Content = { body: string; location?: undefined } | { location: Location; body?: undefined };

/** What a message refers to. */
export type References = {
	/** The `seq` of the message that this one replies to. */
	reply?: number;
	/** The `seq` of the first message of the thread: `reply`'s `root`, or `reply` itself. Present where `reply` is. */
	root?: number;
	/** Ids of the people whom the current text mentions, or {@link EVERYBODY}. Absent where there are none. */
	mentions?: string[];
	/** Absent where there are none. */
	files?: FileInfo[];
};

/** A message as it was appended. Its identity is `(room, seq)`. `createdAt` is milliseconds since 1970, UTC. */
export type SentMessage = { seq: number; author: User; createdAt: number } & References & Content;

/** What later entries made of a message. */
export type MessageState = {
	/** The `seq` of the newest entry that changed the message; initially its own (rule C1). */
	rev: number;
	/** When the current text was written, if it was edited. */
	editedAt?: number;
	/** Present while the message is pinned. */
	pinned?: true;
	/** Replies in the thread of which this is the root. Absent where there are none. */
	replies?: number;
	/** In no particular order. Absent where there are none. */
	reactions?: Reaction[];
};

/** The current state of a message. */
export type Message = SentMessage & MessageState;

/**
 * `message:send`. `clientId` is a random UUID; a repeated one is not appended again (rule M2). `files` are the ids of up to
 * `MAX_FILES` uploads; with them `body` may be absent.
 */
export type SendPayload = { room: string; clientId: string; reply?: number; mentions?: string[]; files?: string[] } & (
	| Content
	| { body?: undefined; location?: undefined }
);
/** Position of the entry in the log. A repeat returns the position of the first one (rule M2). */
export type SendData = { seq: number; createdAt: number };

/** `message:edit`. */
export type EditPayload = { room: string; target: number; clientId: string; body: string; mentions?: string[] };
/** `message:remove`. */
export type RemovePayload = { room: string; target: number; clientId: string };

/** Which messages a page is of: all, a thread (its root and the replies), or the pinned ones. */
export type HistoryFilter = { root?: number | undefined; pinned?: true | undefined };
/** `message:history`. Without `before` and `after`, the newest messages. */
export type HistoryPayload = { room: string; before?: number; after?: number; limit?: number } & HistoryFilter;
/** A page of messages. */
export type HistoryData = {
	/** Ascending by `seq`, in their current state. */
	messages: Message[];
	/** Whether further messages exist in the requested direction. */
	more: boolean;
	/** The log's head when the page was read. */
	seq: number;
};

/** `message:around`: the messages around a `seq`, or around the first message at or after a time. */
export type AroundPayload = { room: string; limit?: number } & ({ seq: number } | { at: number });
/** A page of messages with further ones on both sides. */
export type AroundData = HistoryData & {
	/** Whether later messages exist; `more` is whether earlier ones do. */
	moreAfter: boolean;
};
