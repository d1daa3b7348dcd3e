import type { Room } from "../../model/room.ts";
import { Loaded } from "../loading/Loaded.tsx";
import { invitation } from "../parts.ts";

/** A room without messages: how to invite people, and how to start. */
export function EmptyRoom({ room }: { room: Room }) {
	return (
		<div class="empty">
			<h2 class="empty__title">
				#<bdi>{room.name}</bdi>
			</h2>
			<p class="empty__hint">No messages yet</p>
			<div class="empty__invitation">
				<Loaded part={invitation}>{({ Invitation }) => <Invitation room={room} />}</Loaded>
			</div>
		</div>
	);
}
