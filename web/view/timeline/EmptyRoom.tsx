import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { Invitation } from "../rooms/Invitation.tsx";

/** A room without messages: how to invite people, and how to start. */
export function EmptyRoom({ room }: { room: Room }) {
	const info = room.info.value;
	return (
		<div class="empty">
			<h2 class="empty__title">
				{info ? <Icon name={info.kind} size={28} /> : "#"}
				<bdi>{room.title}</bdi>
			</h2>
			{info ? (
				<p class="empty__hint">
					{info.kind === "direct" ? (
						<>
							Only you and <bdi>{room.title}</bdi> see what is said here.
						</>
					) : (
						hintOf(info.role)
					)}
				</p>
			) : (
				<>
					<p class="empty__hint">No messages yet</p>
					<div class="empty__invitation">
						<Invitation room={room} />
					</div>
				</>
			)}
		</div>
	);
}

function hintOf(role: "owner" | "member"): string {
	const members = "Only its members see what is said here.";
	return role === "owner" ? `${members} Add people with the button above.` : members;
}
