import type { Chat } from "../model/chat.ts";
import type { Room } from "../model/room.ts";
import type { RefusalSignal } from "./address-bar.ts";
import { Composer } from "./composer/Composer.tsx";
import { TypingLine } from "./composer/TypingLine.tsx";
import { LinePill } from "./notices/LinePill.tsx";
import { NoticeList } from "./notices/NoticeList.tsx";
import { RoomHeader } from "./RoomHeader.tsx";
import { Timeline } from "./timeline/Timeline.tsx";

type Props = { chat: Chat; room: Room; refusal: RefusalSignal; onRooms: () => void; onPeople: () => void };

/** One room: what was said, and where one says something. */
export function RoomPage({ chat, room, refusal, onRooms, onPeople }: Props) {
	return (
		<main class="talk">
			<RoomHeader chat={chat} room={room} onRooms={onRooms} onPeople={onPeople} />
			<NoticeList notices={chat.notices} room={room} refusal={refusal} onLeave={() => chat.rooms.leave(room.name)} />
			<div class="talk__middle">
				<LinePill line={chat.line} />
				<Timeline room={room} userName={chat.session.user.value?.name ?? ""} />
			</div>
			<TypingLine typing={room.typing} />
			<Composer room={room} />
		</main>
	);
}
