import { textOrFiles } from "../../../model/excerpt.ts";
import type { MessageItem } from "../../../model/item.ts";
import type { Room } from "../../../model/room.ts";
import { Drawer } from "../../controls/Drawer.tsx";
import { ActionIcon } from "./ActionIcon.tsx";
import { actionsOf } from "./action-list.ts";
import { isMine, QUICK_REACTIONS, toggleReaction } from "./commands.ts";

type Props = { item: MessageItem; room: Room; inThread: boolean; onClose: () => void };

/** What can be done with a message, at the lower edge of the page, for fingers. */
export function ActionSheet({ item, room, inThread, onClose }: Props) {
	const actions = actionsOf(room, item, inThread);
	const react = actions.find(({ id }) => id === "react");
	const { author, content, files, mine } = item;
	/** The sheet closes first, so that the focus can go where the action needs it. */
	const thenClose = (run: () => void) => () => {
		onClose();
		run();
	};
	return (
		<Drawer from="bottom" label="Actions for this message" onClose={onClose}>
			<p class="sheet__message">
				<bdi class="sheet__author">{mine ? "You" : author.name}</bdi>{" "}
				<span dir="auto">{textOrFiles(content.body ?? "Location", files)}</span>
			</p>
			{react && (
				<div class="sheet__reactions">
					{QUICK_REACTIONS.map(({ emoji, label }) => (
						<button
							key={emoji}
							class="sheet__emoji"
							type="button"
							aria-label={label}
							aria-pressed={isMine(item, emoji)}
							onClick={thenClose(() => toggleReaction(room, item, emoji))}
						>
							{emoji}
						</button>
					))}
					<button class="sheet__emoji" type="button" aria-label={react.label} onClick={thenClose(react.run)}>
						<ActionIcon name={react.icon} size={24} />
					</button>
				</div>
			)}
			<ul class="sheet__actions">
				{actions
					.filter((action) => action !== react)
					.map(({ id, label, icon, run }) => (
						<li key={id}>
							<button
								class={id === "delete" ? "sheet__action sheet__action--danger" : "sheet__action"}
								type="button"
								onClick={thenClose(run)}
							>
								<ActionIcon name={icon} />
								{label}
							</button>
						</li>
					))}
			</ul>
		</Drawer>
	);
}
