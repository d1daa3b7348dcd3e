import type { ChatModel } from "../../model/chat-model.ts";

/** Adds the notice that others see the user's name in other characters than the user has typed, if they do. */
export function noticePlainName({ session, notices }: ChatModel, typed: string): void {
	const sentence = plainNameSentence(typed, session.lastName.peek());
	if (sentence !== undefined) notices.add(sentence);
}

/** Returns a sentence if the server writes a name in other characters than the user, as it does letters of special styles. */
export function plainNameSentence(typed: string, name: string): string | undefined {
	if (typed.normalize().replace(/\s+/g, " ").trim() === name.normalize()) return undefined;
	return `Others see your name as ${name}. Letters of special styles are shown as plain ones.`;
}
