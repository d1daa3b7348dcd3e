import type { EditPayload, RemovePayload, SendPayload } from "../../app/protocol/message.ts";
import type { PinPayload } from "../../app/protocol/pin.ts";
import type { ReactionPayload } from "../../app/protocol/reaction.ts";
import type { Pending } from "./pending.ts";

/** The events that the outbox sends. Each has a clientId, and an ack with the position of its entry. */
export type OutboxRequest =
	| { event: "message:send"; payload: SendPayload }
	| { event: "message:edit"; payload: EditPayload }
	| { event: "message:remove"; payload: RemovePayload }
	| { event: "reaction:set"; payload: ReactionPayload }
	| { event: "pin:set"; payload: PinPayload };

/** Whether the messages that the entry refers to have a seq, and it is not held back. */
export function isSendable(entry: Pending): boolean {
	return !entry.isHeld && typeof (entry.kind === "message" ? (entry.reply ?? 0) : entry.target) === "number";
}

/** Returns the request for a sendable entry. */
export function requestOf(entry: Pending): OutboxRequest {
	const { room, clientId } = entry;
	if (entry.kind === "message") {
		const { content, reply, mentions, files } = entry;
		const references = {
			...(typeof reply === "number" && { reply }),
			...(mentions?.length && { mentions }),
			...(files && { files: files.map(({ id }) => id) }),
		};
		return { event: "message:send", payload: { room, clientId, ...content, ...references } };
	}
	const common = { room, target: entry.target as number, clientId };
	switch (entry.kind) {
		case "edit": {
			const { body, mentions } = entry;
			return { event: "message:edit", payload: { ...common, body, ...(mentions?.length && { mentions }) } };
		}
		case "removal":
			return { event: "message:remove", payload: common };
		case "reaction":
			return { event: "reaction:set", payload: { ...common, emoji: entry.emoji, on: entry.on } };
		case "pin":
			return { event: "pin:set", payload: { ...common, on: entry.on } };
	}
}
