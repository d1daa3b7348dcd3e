import type { Room } from "../../model/room.ts";
import { Icon } from "../Icon.tsx";
import { unreadLabel, unreadSentence } from "../rooms/unread-label.ts";

/** The way back to the newest, with how many came meanwhile. */
export function ToEndButton({ room, onClick }: { room: Room; onClick: () => void }) {
	const unread = room.unread.value;
	const label = unreadLabel(unread);
	return (
		<button
			class={label === "" ? "to-end" : "to-end to-end--new"}
			type="button"
			onClick={onClick}
			aria-label={label === "" ? "Jump to the newest" : `Jump to the newest, ${unreadSentence(unread)}`}
			title="Jump to the newest"
		>
			{label !== "" && <span>{label} new</span>}
			<Icon name="down" size={18} />
		</button>
	);
}
