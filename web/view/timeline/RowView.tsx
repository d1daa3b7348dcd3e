import type { Room } from "../../model/room.ts";
import { MessageView } from "../message/MessageView.tsx";
import { timeFormat } from "../message/Time.tsx";
import { PresenceLine } from "./PresenceLine.tsx";
import type { TimelineRow } from "./timeline-rows.ts";

/** The content of one row. `now` is in milliseconds since 1970. */
export function RowView({ row, room, userName, now }: { row: TimelineRow; room: Room; userName: string; now: number }) {
	switch (row.kind) {
		case "message":
			return <MessageView row={row} room={room} />;
		case "day":
			return (
				<div class="day">
					<h2 class="day__name">
						<time dateTime={timeFormat.dayKey(row.at)}>{timeFormat.day(row.at, now)}</time>
					</h2>
				</div>
			);
		case "unread":
			return <div class="new-divider">New</div>;
		case "presence":
			return (
				<div class="system-item">
					<PresenceLine item={row} />
				</div>
			);
		case "welcome":
			return (
				<div class="system-item system-item--welcome">
					Welcome to <bdi>{room.name}</bdi>, <bdi>{userName}</bdi>.
				</div>
			);
		case "restart":
			return (
				<div class="system-item">
					{row.isNew
						? "This room has started over. Its earlier messages are gone."
						: "You've been away a while. Here are the latest messages."}
				</div>
			);
	}
}
