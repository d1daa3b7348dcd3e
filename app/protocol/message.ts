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

/** The content of a message: either text or a location. */
export type Content = { body: string; location?: undefined } | { location: Location; body?: undefined };

/** The current state of a message. Its identity is `(room, seq)`. `createdAt` is milliseconds since 1970, UTC. */
export type Message = { seq: number; author: User; createdAt: number } & Content;

/** `message:send`. `clientId` is a random UUID; a repeated one is not appended again (rule M2). */
export type SendPayload = { room: string; clientId: string } & Content;
/** Position of the message in the log. A repeat returns the position of the first one (rule M2). */
export type SendData = { seq: number; createdAt: number };

/** `message:history`. Without `before` and `after`, the newest messages. */
export type HistoryPayload = { room: string; before?: number; after?: number; limit?: number };
/** A page of messages. */
export type HistoryData = {
	/** Ascending by `seq`, in their current state. */
	messages: Message[];
	/** Whether further messages exist in the requested direction. */
	more: boolean;
};
