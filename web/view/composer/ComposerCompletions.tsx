import type { RefObject } from "preact";
import { useMemo } from "preact/hooks";
import { openLocalStorage } from "../../model/local-storage.ts";
import type { Room } from "../../model/room.ts";
import { CompletionList } from "./CompletionList.tsx";
import type { ComposeState } from "./compose-state.ts";
import { emojiSource } from "./emoji-completions.ts";
import { peopleCompletions } from "./people-completions.ts";

// A reply starts after the first load, as a completion does: one file has both.
export { ReplyingTo } from "./ReplyingTo.tsx";

type Props = { room: Room; state: ComposeState; input: RefObject<HTMLTextAreaElement | null> };

/** Completes "@" with people and ":" with emoji in the field of the composer. */
export function ComposerCompletions({ room, state, input }: Props) {
	const sources = useMemo(
		() => ({
			"@": (query: string) => peopleCompletions(room.mentionable(query), query),
			":": emojiSource(openLocalStorage(() => localStorage)),
		}),
		[room],
	);
	return (
		<CompletionList
			input={input}
			sources={sources}
			onAccept={({ key, label }, sigil) => {
				if (sigil === "@") state.chosen.value = [...state.chosen.peek(), { id: key, name: label }];
			}}
		/>
	);
}
