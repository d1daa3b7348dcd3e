import type { Chat } from "../../model/chat.ts";
import type { RefusalSignal } from "../address-bar.ts";
import { roomsBeside } from "../media.ts";
import { LinePill } from "../notices/LinePill.tsx";
import { NoticeList } from "../notices/NoticeList.tsx";
import { RoomPicker } from "./RoomPicker.tsx";
import { RoomsButton } from "./RoomsButton.tsx";

type Props = { chat: Chat; refusal: RefusalSignal; onRooms: () => void };

/** Signed in, and in no room: an invitation, not a blank page. */
export function NoRoomPage({ chat, refusal, onRooms }: Props) {
	return (
		<main class="talk" id="composer" tabIndex={-1}>
			<header class="header">
				{!roomsBeside.value && <RoomsButton rooms={chat.rooms} onClick={onRooms} />}
				<div class="header__room">
					<h1 class="header__name">Find a room</h1>
				</div>
			</header>
			<NoticeList notices={chat.notices} refusal={refusal} />
			<div class="talk__middle">
				<LinePill line={chat.line} />
				<div class="no-room">
					<p class="no-room__lead">You haven't joined a room yet. Join one, or create one and share its link.</p>
					<RoomPicker chat={chat} onJoined={() => undefined} />
				</div>
			</div>
		</main>
	);
}
