import type { Room } from "../../model/room.ts";
import { Invitation } from "../rooms/Invitation.tsx";

/** A room without messages: how to invite people, and how to start. */
export function EmptyRoom({ room }: { room: Room }) {
	return (
		<div class="empty">
			<h2 class="empty__title">
				#<bdi>{room.name}</bdi>
			</h2>
			<p class="empty__hint">No messages yet</p>
			<div class="empty__invitation">
				<Invitation room={room} />
			</div>
		</div>
	);
}
