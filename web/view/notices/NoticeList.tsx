import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import type { RefusalSignal } from "../address-bar.ts";
import { Drawing } from "../controls/Icon.tsx";
import { Time } from "../message/Time.tsx";
import { leaveRoom } from "../rooms/leave-room.tsx";
import { NoticeStrip } from "./NoticeStrip.tsx";

/** A path on a 24 × 24 grid, as `Icon` has them. */
const WAVE = "M4 12h1.5M8 8v8M12 5v14M16 9v6M18.5 12H20";

type Props = {
	chat: ChatModel;
	/** The refusal of the room in the address. */
	refusal: RefusalSignal;
	room?: Room;
};

/** Announcements of the operator, what happened to the user's rooms, and refused rooms. */
export function NoticeList({ chat, refusal, room }: Props) {
	const { notices } = chat;
	const state = room?.state.value;
	return (
		<>
			{notices.shown.value.map(({ key, text, createdAt }) => (
				<NoticeStrip key={key} icon={<Drawing path={WAVE} />} onDismiss={() => notices.dismiss(key)}>
					<span dir="auto">{text}</span> <Time at={createdAt} />
				</NoticeStrip>
			))}
			{refusal.value !== undefined && (
				<NoticeStrip
					icon="alert"
					alarming
					onDismiss={() => {
						refusal.value = undefined;
					}}
				>
					{refusal.value.message}
				</NoticeStrip>
			)}
			{state?.phase === "refused" && (
				<NoticeStrip icon="alert" alarming>
					{state.refusal.message}{" "}
					<button class="text-button" type="button" onClick={() => room?.rejoin()}>
						Try again
					</button>{" "}
					<button class="text-button" type="button" onClick={() => room && leaveRoom(chat, room)}>
						Leave this room
					</button>
				</NoticeStrip>
			)}
		</>
	);
}
