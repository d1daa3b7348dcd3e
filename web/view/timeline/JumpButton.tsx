import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { unreadLabel } from "../rooms/unread-label.ts";

/** Jumps to the latest message, and shows the number of unread ones. */
export function JumpButton({ room, onClick }: { room: Room; onClick: () => void }) {
	const label = unreadLabel(room.unread.value);
	return (
		<button
			class={label === "" ? "to-end" : "to-end to-end--new"}
			type="button"
			onClick={onClick}
			title="Jump to latest"
		>
			{label !== "" && <span>{label} new</span>}
			<span class="visually-hidden">Jump to latest</span>
			<Icon name="down" size={18} />
		</button>
	);
}
