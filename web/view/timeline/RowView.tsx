import type { Room } from "../../model/room.ts";
import { MessageView } from "../message/MessageView.tsx";
import { timeFormat } from "../message/Time.tsx";
import { PresenceLine } from "./PresenceLine.tsx";
import type { TimelineRow } from "./timeline-rows.ts";

/** One row of the timeline. `now` is in milliseconds since 1970. */
export function RowView({ row, room, userName, now }: { row: TimelineRow; room: Room; userName: string; now: number }) {
	switch (row.kind) {
		case "message":
			return <MessageView row={row} room={room} />;
		case "day":
			return (
				<li class="day">
					<h2 class="day__name">
						<time dateTime={timeFormat.dayKey(row.at)}>{timeFormat.day(row.at, now)}</time>
					</h2>
				</li>
			);
		case "unread":
			return <li class="new-divider">New</li>;
		case "presence":
			return (
				<li class="system-item" data-anchor>
					<PresenceLine item={row} />
				</li>
			);
		case "welcome":
			return (
				<li class="system-item system-item--welcome">
					Welcome to <bdi>{room.name}</bdi>, <bdi>{userName}</bdi>.
				</li>
			);
		case "restart":
			return <li class="system-item">You've been away a while. Here are the latest messages.</li>;
	}
}
