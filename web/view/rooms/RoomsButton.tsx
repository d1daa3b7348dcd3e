import type { Rooms } from "../../model/rooms.ts";
import { Icon } from "../Icon.tsx";
import { unreadLabel, unreadSentence } from "./unread-label.ts";

/** Opens the rooms, where they are not beside the talk, and says how much is unread in the others. */
export function RoomsButton({ rooms, onClick }: { rooms: Rooms; onClick: () => void }) {
	const others = rooms.joined.value.filter((room) => room !== rooms.current.value).map((room) => room.unread.value);
	const unread = {
		count: others.reduce((sum, { count }) => sum + count, 0),
		more: others.some(({ more }) => more),
	};
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
