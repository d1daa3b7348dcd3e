import type { RoomList } from "../../model/rooms.ts";
import { Icon } from "../controls/Icon.tsx";
import { sumUnread, unreadLabel, unreadSentence } from "./unread-label.ts";

/** Opens the list of rooms, with a dot for unread messages in the other rooms. */
export function RoomsButton({ rooms, onClick }: { rooms: RoomList; onClick: () => void }) {
	const others = rooms.joined.value.filter((room) => room !== rooms.current.value);
	const unread = sumUnread(others.map((room) => room.unread.value));
	const hasUnread = unreadLabel(unread) !== "";
	return (
		<button
			class="icon-button"
			type="button"
			onClick={onClick}
			aria-label={hasUnread ? `Rooms, ${unreadSentence(unread)}` : "Rooms"}
			title="Rooms"
		>
			<Icon name="menu" />
			{hasUnread && <span class="header__dot" />}
		</button>
	);
}
