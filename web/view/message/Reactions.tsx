import { useSignal } from "@preact/signals";
import type { MessageItem, ReactionItem } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";
import { reactors } from "./reactors.ts";

/** More are behind a button. */
const MAX_SHOWN = 8;

/** The reactions to a message. Each is a button that adds or removes the user's own. */
export function Reactions({ item, room }: { item: MessageItem; room: Room }) {
	const isAll = useSignal(false);
	const { key, reactions = [] } = item;
	const shown = isAll.value ? reactions : reactions.slice(0, MAX_SHOWN);
	const more = reactions.length - shown.length;
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
		<div class="reactions" role="group" aria-label="Reactions">
			{shown.map((reaction) => (
				<Pill
					key={reaction.emoji}
					reaction={reaction}
					who={reactors(reaction, room.me.id)}
					onToggle={() => room.react(key, reaction.emoji, !reaction.mine)}
				/>
			))}
			{more > 0 && (
				<button
					class="pill"
					type="button"
					aria-label={`${more} more reactions`}
					onClick={() => {
						isAll.value = true;
					}}
				>
					+{more}
				</button>
			)}
		</div>
	);
}

function Pill({ reaction, who, onToggle }: { reaction: ReactionItem; who: string; onToggle: () => void }) {
	const { emoji, count, mine = false, pending } = reaction;
	return (
		<button
			class="pill"
			type="button"
			data-state={pending?.state}
			aria-pressed={mine}
			// Screen readers have the name of the emoji in the language of the user.
			aria-label={`${emoji}, ${count}${mine ? ", including you" : ""}`}
			aria-description={who}
			onClick={onToggle}
		>
			<span class="pill__emoji">{emoji}</span>
			{count}
			<span class="pill__who" aria-hidden="true" dir="auto">
				{who}
			</span>
		</button>
	);
}
