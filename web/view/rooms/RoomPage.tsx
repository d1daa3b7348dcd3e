import { useRef } from "preact/hooks";
import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import type { RefusalSignal } from "../address-bar.ts";
import { Composer } from "../composer/Composer.tsx";
import { TypingIndicator } from "../composer/TypingIndicator.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import { ConnectionStrip } from "../notices/ConnectionStrip.tsx";
import type { PanelName } from "../panel/panel-choice.ts";
import { messageActionsPart, notices } from "../parts.ts";
import type { OnMessageKey } from "../timeline/RowList.tsx";
import { TimelineView } from "../timeline/TimelineView.tsx";
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
	const middle = useRef<HTMLDivElement>(null);
	const actions = messageActionsPart.module.value;
	const handleKey: OnMessageKey = (event, item) => {
		if (actions) return actions.handleMessageKey(event, item, room);
		// A key that is pressed before the part is there takes effect when it is.
		void messageActionsPart.load().then((part) => part?.handleMessageKey(event, item, room));
		return false;
	};
	const hasNotices =
		chat.notices.shown.value.length > 0 || refusal.value !== undefined || room.state.value.phase === "refused";
	return (
		<main class="room-page">
			<RoomHeader chat={chat} room={room} panel={panel} onRooms={onRooms} onPanel={onPanel} />
			<div class="notices">
				<ConnectionStrip connection={chat.connection} />
				{hasNotices && (
					<Loaded part={notices}>{({ NoticeList }) => <NoticeList chat={chat} room={room} refusal={refusal} />}</Loaded>
				)}
			</div>
			<div class="room-page__middle" ref={middle}>
				<TimelineView room={room} userName={chat.session.user.value?.name ?? ""} onKey={handleKey} />
				{actions && <actions.MessageActions chat={chat} room={room} view={middle} />}
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
