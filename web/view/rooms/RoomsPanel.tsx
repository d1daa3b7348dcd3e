import type { Chat } from "../../model/chat.ts";
import { Icon } from "../Icon.tsx";
import { Mark } from "../Mark.tsx";
import { Me } from "./Me.tsx";
import { RoomRow } from "./RoomRow.tsx";

type Props = {
	chat: Chat;
	onAdd: () => void;
	onChosen: () => void;
	/** Where it is a drawer. */
	onClose?: () => void;
};

/** The rooms that one is in, and oneself. */
export function RoomsPanel({ chat, onAdd, onChosen, onClose }: Props) {
	const { rooms } = chat;
	return (
		<>
			<header class="brand">
				<Mark class="brand__mark" />
				<span class="brand__name">Hubbub</span>
				{onClose !== undefined && (
					<button class="icon-button brand__close" type="button" onClick={onClose} aria-label="Close" title="Close">
						<Icon name="close" />
					</button>
				)}
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
							<RoomRow
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
			<Me session={chat.session} />
		</>
	);
}
