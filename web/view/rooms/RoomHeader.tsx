import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { peopleBeside, roomsBeside } from "../media.ts";
import { presentSentence } from "../people/present-sentence.ts";
import { CopyLinkButton } from "./CopyLinkButton.tsx";
import { RoomsButton } from "./RoomsButton.tsx";

type Props = { chat: ChatModel; room: Room; onRooms: () => void; onPeople: () => void };

export function RoomHeader({ chat, room, onRooms, onPeople }: Props) {
	const presence = room.presence.value;
	return (
		<header class="header">
			{!roomsBeside.value && <RoomsButton rooms={chat.rooms} onClick={onRooms} />}
			<div class="header__room">
				<h1 class="header__name" title={room.name}>
					<bdi>{room.name}</bdi>
				</h1>
				<p class="header__present">{presence === undefined ? "Joining…" : presentSentence(presence.count)}</p>
			</div>
			<CopyLinkButton room={room.name} />
			{!peopleBeside.value && (
				<button class="icon-button" type="button" onClick={onPeople} aria-label="People" title="People">
					<Icon name="people" />
				</button>
			)}
		</header>
	);
}
