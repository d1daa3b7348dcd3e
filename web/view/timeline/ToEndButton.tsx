import type { Room } from "../../model/room.ts";
import { Icon } from "../Icon.tsx";
import { unreadLabel } from "../rooms/unread-label.ts";

/** The way back to the newest, with how many came meanwhile. */
export function ToEndButton({ room, onClick }: { room: Room; onClick: () => void }) {
	const label = unreadLabel(room.unread.value);
	return (
		<button
			class={label === "" ? "to-end" : "to-end to-end--new"}
			type="button"
			onClick={onClick}
			title="Jump to latest"
		>
			{label !== "" && <span>{label} new</span>}
			<span class="aloud">Jump to latest</span>
			<Icon name="down" size={18} />
		</button>
	);
}
