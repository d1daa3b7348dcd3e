import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { unreadLabel, unreadSentence } from "./unread-label.ts";

export function RoomListItem({ room, current, onClick }: { room: Room; current: boolean; onClick: () => void }) {
	const label = unreadLabel(room.unread.value);
	const unread = label !== "" && !current;
	return (
		<button
			class={`room${current ? " room--current" : ""}${unread ? " room--unread" : ""}`}
			type="button"
			aria-current={current ? "page" : undefined}
			title={room.name}
			onClick={onClick}
		>
			<span class="room__mark">
				<Icon name={room.state.value.phase === "refused" ? "alert" : "message"} size={18} />
			</span>
			<bdi class="room__name">{room.name}</bdi>
			{unread && (
				<>
					<span class="count" aria-hidden="true">
						{label}
					</span>
					<span class="visually-hidden">{unreadSentence(room.unread.value)}</span>
				</>
			)}
		</button>
	);
}
