import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import type { RefusalSignal } from "../address-bar.ts";
import { Composer } from "../composer/Composer.tsx";
import { TypingIndicator } from "../composer/TypingIndicator.tsx";
import { NoticeList } from "../notices/NoticeList.tsx";
import { TimelineView } from "../timeline/TimelineView.tsx";
import { RoomHeader } from "./RoomHeader.tsx";

type Props = { chat: ChatModel; room: Room; refusal: RefusalSignal; onRooms: () => void; onPeople: () => void };

export function RoomPage({ chat, room, refusal, onRooms, onPeople }: Props) {
	return (
		<main class="room-page">
			<RoomHeader chat={chat} room={room} onRooms={onRooms} onPeople={onPeople} />
			<NoticeList
				connection={chat.connection}
				notices={chat.notices}
				room={room}
				refusal={refusal}
				onLeave={() => chat.rooms.leave(room.name)}
			/>
			<div class="room-page__middle">
				<TimelineView room={room} userName={chat.session.user.value?.name ?? ""} />
			</div>
			<TypingIndicator typing={room.typing} />
			<Composer room={room} />
		</main>
	);
}
