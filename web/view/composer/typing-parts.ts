import type { User } from "../../../app/protocol/session.ts";

/** A part of the sentence. `name`: whether it is the name of a user. */
export type SentencePart = { text: string; name: boolean };

const MAX_TYPING_NAMES = 3;

/** Returns the parts of "Ada is typing", "Ada and Bob are typing" or "Several people are typing". */
export function typingParts(users: readonly User[]): SentencePart[] {
	if (users.length === 0) return [];
	if (users.length > MAX_TYPING_NAMES) return [{ text: "Several people are typing", name: false }];
	const names = new Intl.ListFormat("en-GB").formatToParts(users.map((user) => user.name));
	const predicate = users.length === 1 ? " is typing" : " are typing";
	return [
		...names.map(({ type, value }) => ({ text: value, name: type === "element" })),
		{ text: predicate, name: false },
	];
}
