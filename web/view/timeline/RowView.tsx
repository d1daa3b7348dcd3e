import type { Room } from "../../model/room.ts";
import { Loaded } from "../loading/Loaded.tsx";
import { MessageView } from "../message/MessageView.tsx";
import { timeFormat } from "../message/Time.tsx";
import { systemLine } from "../parts.ts";
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
		case "welcome":
			return (
				<div class="system-item system-item--welcome">
					Welcome to <bdi>{room.title}</bdi>, <bdi>{userName}</bdi>.
				</div>
			);
		default:
			return (
				<div class="system-item">
					<Loaded part={systemLine}>{({ SystemLine }) => <SystemLine item={row} me={room.me.id} />}</Loaded>
				</div>
			);
	}
}
