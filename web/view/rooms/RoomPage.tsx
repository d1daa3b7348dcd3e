import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import type { RefusalSignal } from "../address-bar.ts";
import { Composer } from "../composer/Composer.tsx";
import { TypingIndicator } from "../composer/TypingIndicator.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import { ConnectionPill } from "../notices/ConnectionPill.tsx";
import type { PanelName } from "../panel/panel-choice.ts";
import { notices } from "../parts.ts";
import { TimelineView } from "../timeline/TimelineView.tsx";
import { leaveRoom } from "./leave-room.tsx";
import { RoomHeader } from "./RoomHeader.tsx";

type Props = {
	chat: ChatModel;
	room: Room;
	refusal: RefusalSignal;
	panel: PanelName | undefined;
	onRooms: () => void;
	onPanel: (name: PanelName) => void;
};

export function RoomPage({ chat, room, refusal, panel, onRooms, onPanel }: Props) {
	const hasNotices =
		chat.notices.shown.value.length > 0 || refusal.value !== undefined || room.state.value.phase === "refused";
	return (
		<main class="room-page">
			<RoomHeader chat={chat} room={room} panel={panel} onRooms={onRooms} onPanel={onPanel} />
			{hasNotices && (
				<Loaded part={notices}>
					{({ NoticeList }) => (
						<NoticeList
							notices={chat.notices}
							room={room}
							refusal={refusal}
							onLeave={() => leaveRoom(chat, room.name)}
						/>
					)}
				</Loaded>
			)}
			<div class="room-page__middle">
				<ConnectionPill connection={chat.connection} />
				<TimelineView room={room} userName={chat.session.user.value?.name ?? ""} />
			</div>
			<TypingIndicator typing={room.typing} />
			{room.readOnly.value ? (
				<p class="read-only" id="composer" tabIndex={-1}>
					This room is read-only.
				</p>
			) : (
				<Composer room={room} />
			)}
		</main>
	);
}
