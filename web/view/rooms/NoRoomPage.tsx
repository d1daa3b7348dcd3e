import { useEffect } from "preact/hooks";
import type { ChatModel } from "../../model/chat-model.ts";
import type { RefusalSignal } from "../address-bar.ts";
import { roomsBeside } from "../media.ts";
import { ConnectionStrip } from "../notices/ConnectionStrip.tsx";
import { NoticeList } from "../notices/NoticeList.tsx";
import { RoomPicker } from "./RoomPicker.tsx";
import { RoomsButton } from "./RoomsButton.tsx";
import { keepFocus } from "./use-room-change.ts";

type Props = { chat: ChatModel; refusal: RefusalSignal; onRooms: () => void };

/** The page of a signed-in user without a room. */
export function NoRoomPage({ chat, refusal, onRooms }: Props) {
	useEffect(keepFocus, []);
	return (
		<main class="room-page" id="composer" tabIndex={-1}>
			<header class="header">
				{!roomsBeside.value && <RoomsButton rooms={chat.rooms} onClick={onRooms} />}
				<div class="header__room">
					<h1 class="header__name" tabIndex={-1}>
						Find a room
					</h1>
				</div>
			</header>
			<div class="notices">
				<ConnectionStrip connection={chat.connection} />
				<NoticeList chat={chat} refusal={refusal} />
			</div>
			<div class="room-page__middle">
				<div class="no-room">
					<p class="no-room__lead">You haven't joined a room yet. Join one, or create one and share its link.</p>
					<RoomPicker chat={chat} onJoined={() => undefined} />
				</div>
			</div>
		</main>
	);
}
