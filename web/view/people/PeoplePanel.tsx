import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { leaveRoom } from "../rooms/leave-room.tsx";
import { PersonRow } from "./PersonRow.tsx";

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
					<Icon name="leave" />
					Leave this room
				</button>
			</div>
		</>
	);
}
