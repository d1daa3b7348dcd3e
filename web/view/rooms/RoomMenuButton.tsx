import { useSignal } from "@preact/signals";
import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import type { PanelName } from "../panel/panel-choice.ts";
import { roomMenu } from "../parts.ts";

export type RoomMenuState = "menu" | "date" | undefined;

type Props = { chat: ChatModel; room: Room; onPanel: (name: PanelName) => void };

/** Opens the menu of what else can be done in a room. */
export function RoomMenuButton({ chat, room, onPanel }: Props) {
	const shown = useSignal<RoomMenuState>(undefined);
	return (
		<div class="header__more">
			<button
				class="icon-button"
				type="button"
				aria-haspopup="menu"
				aria-expanded={shown.value === "menu"}
				aria-label="More in this room"
				title="More"
				onClick={() => {
					shown.value = shown.peek() === "menu" ? undefined : "menu";
				}}
			>
				<Icon name="more" />
			</button>
			{shown.value !== undefined && (
				<Loaded part={roomMenu}>
					{({ RoomMenu }) => <RoomMenu chat={chat} room={room} shown={shown} onPanel={onPanel} />}
				</Loaded>
			)}
		</div>
	);
}
