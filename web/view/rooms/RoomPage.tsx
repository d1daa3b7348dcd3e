import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import type { RefusalSignal } from "../address-bar.ts";
import { Composer } from "../composer/Composer.tsx";
import { TypingIndicator } from "../composer/TypingIndicator.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import { ConnectionPill } from "../notices/ConnectionPill.tsx";
import { notices } from "../parts.ts";
import { TimelineView } from "../timeline/TimelineView.tsx";
import { RoomHeader } from "./RoomHeader.tsx";

type Props = { chat: ChatModel; room: Room; refusal: RefusalSignal; onRooms: () => void; onPeople: () => void };

export function RoomPage({ chat, room, refusal, onRooms, onPeople }: Props) {
	const hasNotices =
		chat.notices.shown.value.length > 0 || refusal.value !== undefined || room.state.value.phase === "refused";
	return (
		<main class="room-page">
			<RoomHeader chat={chat} room={room} onRooms={onRooms} onPeople={onPeople} />
			{hasNotices && (
				<Loaded part={notices}>
					{({ NoticeList }) => (
						<NoticeList
							notices={chat.notices}
							room={room}
							refusal={refusal}
							onLeave={() => chat.rooms.leave(room.name)}
						/>
					)}
				</Loaded>
			)}
			<div class="room-page__middle">
				<ConnectionPill connection={chat.connection} />
				<TimelineView room={room} userName={chat.session.user.value?.name ?? ""} />
			</div>
			<TypingIndicator typing={room.typing} />
			<Composer room={room} />
		</main>
	);
}
