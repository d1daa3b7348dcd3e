import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import { LeaveButton } from "./LeaveButton.tsx";
import { messagePerson } from "./message-person.ts";
import { PersonRow } from "./PersonRow.tsx";

type Props = { chat: ChatModel; room: Room };

/** The people in a room that is open to everybody, and the button to leave it. */
export function PeoplePanel({ chat, room }: Props) {
	const presence = room.presence.value;
	return (
		<>
			<div class="side__scroll">
				<ul>
					{presence?.members.map((user) => (
						<PersonRow
							key={user.id}
							user={user}
							onMessage={user.id === room.me.id ? undefined : () => void messagePerson(chat, user.id)}
						/>
					))}
				</ul>
				{presence?.truncated && (
					<p class="people__more">
						and {new Intl.NumberFormat().format(presence.count - presence.members.length)} more
					</p>
				)}
			</div>
			<div class="side__foot">
				<LeaveButton chat={chat} room={room} />
			</div>
		</>
	);
}
