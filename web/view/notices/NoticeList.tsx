import type { Notices } from "../../model/notices.ts";
import type { Room } from "../../model/room.ts";
import type { RefusalSignal } from "../address-bar.ts";
import { Time } from "../message/Time.tsx";
import { NoticeStrip } from "./NoticeStrip.tsx";

type Props = {
	notices: Notices;
	/** The refusal of the room in the address. */
	refusal: RefusalSignal;
	room?: Room;
	onLeave?: () => void;
};

/** Announcements of the operator, and refused rooms. */
export function NoticeList({ notices, refusal, room, onLeave }: Props) {
	const state = room?.state.value;
	return (
		<>
			{notices.shown.value.map(({ key, text, createdAt }) => (
				<NoticeStrip key={key} icon="wave" onDismiss={() => notices.dismiss(key)}>
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
					<button class="text-button" type="button" onClick={onLeave}>
						Leave this room
					</button>
				</NoticeStrip>
			)}
		</>
	);
}
