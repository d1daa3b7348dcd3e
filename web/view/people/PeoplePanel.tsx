import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import { Drawing } from "../controls/Icon.tsx";
import { leaveRoom } from "../rooms/leave-room.tsx";
import { PersonRow } from "./PersonRow.tsx";

/** A path on a 24 × 24 grid, as `Icon` has them. */
const LEAVE = "M10 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h4M15 8l4 4-4 4M19 12H9.5";

type Props = { chat: ChatModel; room: Room };

/** The members of the room, and the button to leave it. */
export function PeoplePanel({ chat, room }: Props) {
	const presence = room.presence.value;
	const me = chat.session.user.value?.id;
	return (
		<>
			<div class="side__scroll">
				<ul>
					{presence?.members.map((user) => (
						<PersonRow key={user.id} user={user} isMe={user.id === me} />
					))}
				</ul>
				{presence?.truncated && (
					<p class="people__more">
						and {new Intl.NumberFormat().format(presence.count - presence.members.length)} more
					</p>
				)}
			</div>
			<div class="side__foot">
				<button class="button button--plain button--danger" type="button" onClick={() => leaveRoom(chat, room.name)}>
					<Drawing path={LEAVE} />
					Leave this room
				</button>
			</div>
		</>
	);
}
