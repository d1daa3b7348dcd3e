import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { panelBeside, roomsBeside } from "../media.ts";
import type { PanelName } from "../panel/panel-choice.ts";
import { peopleCount } from "../people/present-sentence.ts";
import { RoomMenuButton } from "./RoomMenuButton.tsx";
import { RoomsButton } from "./RoomsButton.tsx";

type Props = {
	chat: ChatModel;
	room: Room;
	/** The panel that is open beside the room. */
	panel: PanelName | undefined;
	onRooms: () => void;
	onPanel: (name: PanelName) => void;
};

/** The room's name, and the buttons that open its panels. */
export function RoomHeader({ chat, room, panel, onRooms, onPanel }: Props) {
	const presence = room.presence.value;
	const [number, word] = peopleCount(presence?.count ?? 0).split(" ");
	return (
		<header class="header">
			{!roomsBeside.value && <RoomsButton rooms={chat.rooms} onClick={onRooms} />}
			<div class="header__room">
				<Icon name={room.info.value?.kind ?? "hash"} size={18} />
				<h1 class="header__name" title={room.title.value} tabIndex={-1}>
					<bdi>{room.title}</bdi>
				</h1>
			</div>
			{presence === undefined ? (
				<span class="header__joining">Joining…</span>
			) : (
				<button
					class="header__people"
					type="button"
					aria-expanded={panelBeside.value ? panel === "people" : undefined}
					aria-controls={panel === "people" ? "panel" : undefined}
					aria-haspopup={panelBeside.value ? undefined : "dialog"}
					onClick={() => onPanel("people")}
				>
					<Icon name="people" size={18} />
					{number}
					<span class="header__word"> {word}</span>
				</button>
			)}
			{roomsBeside.value && (
				<button
					class="icon-button"
					type="button"
					aria-label="Search messages"
					title="Search messages"
					aria-expanded={panel === "search"}
					aria-controls={panel === "search" ? "panel" : undefined}
					onClick={() => onPanel("search")}
				>
					<Icon name="search" />
				</button>
			)}
			<RoomMenuButton chat={chat} room={room} onPanel={onPanel} />
		</header>
	);
}
