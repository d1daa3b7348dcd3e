import type { ChatModel } from "../../model/chat-model.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Icon } from "../controls/Icon.tsx";
import { Logo } from "../controls/Logo.tsx";
import { AccountPanel } from "../settings/AccountPanel.tsx";
import { RoomListItem } from "./RoomListItem.tsx";

type Props = {
	chat: ChatModel;
	onAdd: () => void;
	onSettings: () => void;
	onChosen: () => void;
	/** Shows a close button, in a drawer. */
	onClose?: () => void;
};

/** The joined rooms, and the user's account. */
export function RoomsPanel({ chat, onAdd, onSettings, onChosen, onClose }: Props) {
	const { rooms } = chat;
	return (
		<>
			<header class="brand">
				<Logo class="brand__mark" />
				<span class="brand__name">Hubbub</span>
				{onClose !== undefined && <CloseButton class="brand__close" onClick={onClose} />}
			</header>
			<nav class="side__nav" aria-label="Rooms">
				<div class="side__heading">
					<h2>Rooms</h2>
					<button class="icon-button" type="button" onClick={onAdd} aria-label="Add a room" title="Add a room">
						<Icon name="plus" />
					</button>
				</div>
				<ul class="side__scroll">
					{rooms.joined.value.map((room) => (
						<li key={room.name}>
							<RoomListItem
								room={room}
								current={room === rooms.current.value}
								onClick={() => {
									rooms.switchTo(room.name);
									onChosen();
								}}
							/>
						</li>
					))}
				</ul>
			</nav>
			<AccountPanel session={chat.session} onSettings={onSettings} />
		</>
	);
}
