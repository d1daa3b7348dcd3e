import { ReactionSetSchema } from "../../protocol/schemas/reaction.ts";
import type { Chat } from "../../room/chat.ts";
import { command } from "./command.ts";

export function reactionCommands({ reactions }: Pick<Chat, "reactions">) {
	return { "reaction:set": command(ReactionSetSchema, (...args) => reactions.set(...args)) };
}
