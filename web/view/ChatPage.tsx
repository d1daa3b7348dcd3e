import { useSignal } from "@preact/signals";
import type { ChatModel } from "../model/chat-model.ts";
import type { RefusalSignal } from "./address-bar.ts";
import { Drawer } from "./controls/Drawer.tsx";
import { peopleBeside, roomsBeside } from "./media.ts";
import { PeoplePanel } from "./people/PeoplePanel.tsx";
import { NoRoomPage } from "./rooms/NoRoomPage.tsx";
import { RoomPage } from "./rooms/RoomPage.tsx";
import { RoomPickerDialog } from "./rooms/RoomPickerDialog.tsx";
import { RoomsPanel } from "./rooms/RoomsPanel.tsx";

type Overlay = "rooms" | "people" | "picker" | undefined;

/** Rooms, the current room and its people: side by side on wide screens, otherwise in drawers. */
export function ChatPage({ chat, refusal }: { chat: ChatModel; refusal: RefusalSignal }) {
	const overlay = useSignal<Overlay>(undefined);
	const show = (shown: Overlay) => () => {
		overlay.value = shown;
	};
	const close = show(undefined);
	const room = chat.rooms.current.value;

	return (
		<div class="shell">
			<a class="skip" href="#composer">
				Skip to message box
			</a>
			{roomsBeside.value && (
				<div class="side side--rooms">
					<RoomsPanel chat={chat} onAdd={show("picker")} onChosen={close} />
				</div>
			)}
			{room === undefined ? (
				<NoRoomPage chat={chat} refusal={refusal} onRooms={show("rooms")} />
			) : (
				<RoomPage
					key={room.name}
					chat={chat}
					room={room}
					refusal={refusal}
					onRooms={show("rooms")}
					onPeople={show("people")}
				/>
			)}
			{peopleBeside.value && room !== undefined && (
				<aside class="side side--people" aria-label="People">
					<PeoplePanel chat={chat} room={room} />
				</aside>
			)}

			{overlay.value === "rooms" && !roomsBeside.value && (
				<Drawer from="left" label="Rooms" onClose={close}>
					<RoomsPanel chat={chat} onAdd={show("picker")} onChosen={close} onClose={close} />
				</Drawer>
			)}
			{overlay.value === "people" && !peopleBeside.value && room !== undefined && (
				<Drawer from="right" label="People" onClose={close}>
					<PeoplePanel chat={chat} room={room} onClose={close} />
				</Drawer>
			)}
			{overlay.value === "picker" && <RoomPickerDialog chat={chat} onClose={close} />}
		</div>
	);
}
