import type { NewMarker } from "../../model/room.ts";
import { Time } from "../message/Time.tsx";
import { unreadLabel } from "../rooms/unread-label.ts";

type Props = { marker: NewMarker; onJump: () => void; onMarkRead: () => void };

/** "40 new since 14:02", above messages that were unread when the room was opened. */
export function NewBar({ marker, onJump, onMarkRead }: Props) {
	return (
		<div class="new-bar">
			<p class="new-bar__text">
				{unreadLabel(marker.unread)} new since <Time at={marker.at} />
			</p>
			<button class="text-button" type="button" onClick={onJump}>
				Jump to latest
			</button>
			<button class="text-button" type="button" onClick={onMarkRead}>
				Mark read
			</button>
		</div>
	);
}
