import { useEffect, useRef } from "preact/hooks";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { mentionsSentence, unreadLabel, unreadSentence } from "./unread-label.ts";

/** A joined room. Unread messages are a dot: a number is for messages that somebody has addressed to the user. */
export function RoomListItem({ room, current, onClick }: { room: Room; current: boolean; onClick: () => void }) {
	const button = useRef<HTMLButtonElement>(null);
	const unread = unreadLabel(room.unread.value) !== "" && !current;
	const isDirect = room.info.value?.kind === "direct";
	const addressed = current ? 0 : isDirect ? room.unread.value.count : room.mentions.value;
	useEffect(() => {
		if (current) button.current?.scrollIntoView({ block: "nearest" });
	}, [current]);
	return (
		<button
			ref={button}
			class={`room${current ? " room--current" : ""}${unread ? " room--unread" : ""}`}
			type="button"
			aria-current={current ? "page" : undefined}
			title={room.title.value}
			onClick={onClick}
		>
			<span class="room__mark">
				<Icon name={room.state.value.phase === "refused" ? "alert" : (room.info.value?.kind ?? "hash")} size={18} />
			</span>
			<bdi class="room__name">{room.title}</bdi>
			{addressed > 0 && (
				<span class="room__mentions">
					<span aria-hidden="true">
						{!isDirect && "@"}
						{addressed}
					</span>
					{!isDirect && <span class="visually-hidden">{mentionsSentence(addressed)}, </span>}
				</span>
			)}
			{unread && <span class="visually-hidden">{unreadSentence(room.unread.value)}</span>}
		</button>
	);
}
