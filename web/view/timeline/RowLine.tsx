import type { Room } from "../../model/room.ts";
import { MessageLine } from "./MessageLine.tsx";
import type { Row } from "./rows.ts";
import { Time, times } from "./Time.tsx";

/** One row of the timeline. @param now milliseconds since 1970, for "Today". */
export function RowLine({ row, room, userName, now }: { row: Row; room: Room; userName: string; now: number }) {
	switch (row.kind) {
		case "message":
			return <MessageLine row={row} room={room} />;
		case "day":
			return (
				<li class="day">
					<h2 class="day__name">
						<time dateTime={times.dayKey(row.at)}>{times.day(row.at, now)}</time>
					</h2>
				</li>
			);
		case "unread":
			return <li class="fresh">New</li>;
		case "presence":
			return (
				<li class="quiet" data-anchor>
					<bdi>{row.user.name}</bdi> {row.change} <Time at={row.at} />
				</li>
			);
		case "welcome":
			return (
				<li class="quiet quiet--welcome">
					Welcome to <bdi>{room.name}</bdi>, <bdi>{userName}</bdi>.
				</li>
			);
		case "restart":
			return <li class="quiet">You've been away a while. Here are the latest messages.</li>;
	}
}
