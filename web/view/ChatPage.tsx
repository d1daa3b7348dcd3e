import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ChatModel } from "../model/chat-model.ts";
import type { RefusalSignal } from "./address-bar.ts";
import { Drawer } from "./controls/Drawer.tsx";
import { loadIdleParts } from "./load-idle-parts.ts";
import { Loaded, LoadedDialog } from "./loading/Loaded.tsx";
import { panelBeside, roomsBeside } from "./media.ts";
import { Panel } from "./panel/Panel.tsx";
import { PANELS, type PanelChoice, type PanelName } from "./panel/panel-choice.ts";
import { useEscape } from "./panel/use-escape.ts";
import { noRoomPage, palette, roomPicker, settingsDialog } from "./parts.ts";
import { RoomPage } from "./rooms/RoomPage.tsx";
import { RoomsPanel } from "./rooms/RoomsPanel.tsx";
import { useRoomChange } from "./rooms/use-room-change.ts";
import { usePaletteKey } from "./search/use-palette-key.ts";
import { openThread } from "./thread/thread-choice.ts";

type Props = { chat: ChatModel; refusal: RefusalSignal; panel: PanelChoice };
/** What covers the page. */
export type Overlay = "rooms" | "picker" | "settings" | "palette" | { panel: PanelName } | undefined;

/** Rooms, the current room and a panel: side by side on wide screens, otherwise in drawers. */
export function ChatPage({ chat, refusal, panel }: Props) {
	const overlay = useSignal<Overlay>(undefined);
	const show = (shown: Overlay) => () => {
		overlay.value = shown;
	};
	const close = show(undefined);
	const room = chat.rooms.current.value;
	const covering = overlay.value;
	const open = panel.open.value;
	const isShown = room !== undefined && (open !== "thread" || openThread.value?.room === room.name);
	const beside = panelBeside.value && isShown ? open : undefined;

	function togglePanel(name: PanelName): void {
		if (!panelBeside.peek()) overlay.value = { panel: name };
		else panel.set(panel.open.peek() === name ? undefined : name);
	}
	function closePanel(): void {
		panel.set(undefined);
		document.querySelector<HTMLElement>("[aria-controls=panel]")?.focus();
	}

	useEffect(loadIdleParts, []);
	usePaletteKey(show("palette"));
	const shownThread = useRef(openThread.peek());
	useSignalEffect(() => {
		if (openThread.value === shownThread.current) return;
		shownThread.current = openThread.value;
		if (panelBeside.peek()) panel.set("thread");
		else overlay.value = { panel: "thread" };
	});
	useEscape(closePanel, beside !== undefined);
	useRoomChange(room, close);

	return (
		<div class={beside === undefined ? "shell" : "shell shell--panel"}>
			<a class="skip" href="#composer">
				Skip to message box
			</a>
			{roomsBeside.value && (
				<div class="side side--rooms">
					<RoomsPanel chat={chat} onAdd={show("picker")} onSettings={show("settings")} onChosen={close} />
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
					panel={beside}
					onRooms={show("rooms")}
					onPanel={togglePanel}
				/>
			)}
			{beside !== undefined && room !== undefined && (
				<aside class="side side--panel" id="panel" aria-label={PANELS[beside]}>
					<Panel name={beside} chat={chat} room={room} onClose={closePanel} />
				</aside>
			)}

			{covering === "rooms" && !roomsBeside.value && (
				<Drawer from="left" label="Rooms" onClose={close}>
					<RoomsPanel
						chat={chat}
						onAdd={show("picker")}
						onSettings={show("settings")}
						onChosen={close}
						onClose={close}
					/>
				</Drawer>
			)}
			{typeof covering === "object" && !panelBeside.value && room !== undefined && (
				<Drawer from="right" label={PANELS[covering.panel]} onClose={close}>
					<Panel name={covering.panel} chat={chat} room={room} onClose={close} />
				</Drawer>
			)}
			{covering === "picker" && (
				<LoadedDialog part={roomPicker} onClose={close}>
					{({ RoomPickerDialog }) => <RoomPickerDialog chat={chat} onClose={close} />}
				</LoadedDialog>
			)}
			{covering === "palette" && (
				<LoadedDialog part={palette} onClose={close}>
					{({ Palette }) => <Palette chat={chat} panel={panel} show={show} />}
				</LoadedDialog>
			)}
			{covering === "settings" && (
				<LoadedDialog part={settingsDialog} onClose={close}>
					{({ SettingsDialog }) => <SettingsDialog chat={chat} onClose={close} />}
				</LoadedDialog>
			)}
		</div>
	);
}
