import type { RefObject } from "preact";
import { useMemo } from "preact/hooks";
import { openLocalStorage } from "../../model/local-storage.ts";
import type { Room } from "../../model/room.ts";
import { CompletionList } from "./CompletionList.tsx";
import type { ComposeState } from "./compose-state.ts";
import { emojiSource } from "./emoji-completions.ts";
import { peopleCompletions } from "./people-completions.ts";
import { useFileDrop } from "./use-file-drop.ts";

// These are used after the first load, as completions are: one file has all of them.
export { AddMenu } from "./AddMenu.tsx";
export { ReplyingTo } from "./ReplyingTo.tsx";

type Props = { room: Room; state: ComposeState; input: RefObject<HTMLTextAreaElement | null> };

/** Completes "@" with people and ":" with emoji in the field of the composer, and takes files for it. */
export function ComposerCompletions({ room, state, input }: Props) {
	const sources = useMemo(
		() => ({
			"@": (query: string) => peopleCompletions(room.mentionable(query), query),
			":": emojiSource(openLocalStorage(() => localStorage)),
		}),
		[room],
	);
	useFileDrop(state, input);
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
