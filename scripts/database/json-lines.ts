import type { Message } from "../../app/protocol/message.ts";

/** Each message on a line of its own, as history tells it. */
export function* asJsonLines(_room: string, messages: Iterable<Message>): Generator<string> {
	for (const message of messages) yield `${JSON.stringify(message)}\n`;
}
