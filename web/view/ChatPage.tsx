import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ChatModel } from "../model/chat-model.ts";
import type { RefusalSignal } from "./address-bar.ts";
import { Drawer } from "./controls/Drawer.tsx";
import { loadIdleParts } from "./load-idle-parts.ts";
import { Loaded, LoadedDialog } from "./loading/Loaded.tsx";
import { peopleBeside, roomsBeside } from "./media.ts";
import { noRoomPage, peoplePanel, roomPicker } from "./parts.ts";
import { RoomPage } from "./rooms/RoomPage.tsx";
import { RoomsPanel } from "./rooms/RoomsPanel.tsx";

type Overlay = "rooms" | "people" | "picker" | undefined;

/** Rooms, the current room and its people: side by side on wide screens, otherwise in drawers. */
export function ChatPage({ chat, refusal }: { chat: ChatModel; refusal: RefusalSignal }) {
	const overlay = useSignal<Overlay>(undefined);
	const show = (shown: Overlay) => () => {
		overlay.value = shown;
	};
	const close = show(undefined);
	useEffect(loadIdleParts, []);
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
				<Loaded part={noRoomPage} pending={<main class="room-page" />}>
					{({ NoRoomPage }) => <NoRoomPage chat={chat} refusal={refusal} onRooms={show("rooms")} />}
				</Loaded>
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
					<Loaded part={peoplePanel}>{({ PeoplePanel }) => <PeoplePanel chat={chat} room={room} />}</Loaded>
				</aside>
			)}

			{overlay.value === "rooms" && !roomsBeside.value && (
				<Drawer from="left" label="Rooms" onClose={close}>
					<RoomsPanel chat={chat} onAdd={show("picker")} onChosen={close} onClose={close} />
				</Drawer>
			)}
			{overlay.value === "people" && !peopleBeside.value && room !== undefined && (
				<Drawer from="right" label="People" onClose={close}>
					<Loaded part={peoplePanel}>
						{({ PeoplePanel }) => <PeoplePanel chat={chat} room={room} onClose={close} />}
					</Loaded>
				</Drawer>
			)}
			{overlay.value === "picker" && (
				<LoadedDialog part={roomPicker} onClose={close}>
					{({ RoomPickerDialog }) => <RoomPickerDialog chat={chat} onClose={close} />}
				</LoadedDialog>
			)}
		</div>
	);
}
