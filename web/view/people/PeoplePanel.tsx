import type { User } from "../../../app/protocol/session.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { isModerator } from "../../model/moderation.ts";
import type { Room } from "../../model/room.ts";
import { Drawing } from "../controls/Icon.tsx";
import { actionOverlay } from "../message/actions/overlay.ts";
import { MemberRow } from "../private-rooms/MemberRow.tsx";
import { LeaveButton } from "./LeaveButton.tsx";
import { MESSAGE, messagePerson } from "./message-person.ts";
import { PersonRow } from "./PersonRow.tsx";

type Props = { chat: ChatModel; room: Room };

/** The people in a room that is open to everybody, and the button to leave it. */
export function PeoplePanel({ chat, room }: Props) {
	const presence = room.presence.value;
	const moderates = isModerator(chat.session.user.value);
	const message = (user: User) => () => void messagePerson(chat, user.id);
	const moderate = (user: User) => () => {
		actionOverlay.value = { kind: "person", user };
	};
	return (
		<>
			<div class="side__scroll">
				<ul>
					{presence?.members.map((user) =>
						moderates && user.id !== room.me.id ? (
							<MemberRow
								key={user.id}
								member={{ user, role: "member" }}
								isMe={false}
								items={[
									{ icon: <Drawing path={MESSAGE} />, label: "Message", onChoose: message(user) },
									{ icon: "people", label: "Moderate", onChoose: moderate(user) },
								]}
							/>
						) : (
							<PersonRow key={user.id} user={user} onMessage={user.id === room.me.id ? undefined : message(user)} />
						),
					)}
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
