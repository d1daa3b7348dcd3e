import { useEffect, useRef } from "preact/hooks";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { unreadLabel, unreadSentence } from "./unread-label.ts";

/** A joined room. Unread messages are a dot: a number is for messages that somebody has addressed to the user. */
export function RoomListItem({ room, current, onClick }: { room: Room; current: boolean; onClick: () => void }) {
	const button = useRef<HTMLButtonElement>(null);
	const unread = unreadLabel(room.unread.value) !== "" && !current;
	useEffect(() => {
		if (current) button.current?.scrollIntoView({ block: "nearest" });
	}, [current]);
	return (
		<button
			ref={button}
			class={`room${current ? " room--current" : ""}${unread ? " room--unread" : ""}`}
			type="button"
			aria-current={current ? "page" : undefined}
			title={room.name}
			onClick={onClick}
		>
			<span class="room__mark">
				<Icon name={room.state.value.phase === "refused" ? "alert" : "hash"} size={18} />
			</span>
			<bdi class="room__name">{room.name}</bdi>
			{unread && <span class="visually-hidden">{unreadSentence(room.unread.value)}</span>}
		</button>
	);
}
