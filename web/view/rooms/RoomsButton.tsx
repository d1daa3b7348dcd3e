import type { RoomList } from "../../model/rooms.ts";
import { Icon } from "../controls/Icon.tsx";
import { sumUnread, unreadLabel, unreadSentence } from "./unread-label.ts";

/** Opens the list of rooms, and shows the number of unread messages in the other rooms. */
export function RoomsButton({ rooms, onClick }: { rooms: RoomList; onClick: () => void }) {
	const others = rooms.joined.value.filter((room) => room !== rooms.current.value);
	const unread = sumUnread(others.map((room) => room.unread.value));
	const label = unreadLabel(unread);
	return (
		<button
			class="icon-button"
			type="button"
			onClick={onClick}
			aria-label={label === "" ? "Rooms" : `Rooms, ${unreadSentence(unread)}`}
			title="Rooms"
		>
			<Icon name="menu" />
			{label !== "" && (
				<span class="count header__badge" aria-hidden="true">
					{label}
				</span>
			)}
		</button>
	);
}
