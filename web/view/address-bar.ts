import { effect, type Signal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { ChatModel } from "../model/chat-model.ts";
import { isLayerEntry } from "./history-layer.ts";
import { messageOfPath, pathOfRoom, roomOfPath } from "./rooms/room-address.ts";
import { pageTitle } from "./rooms/unread-label.ts";

/** Set it to undefined when the user dismisses it. */
export type RefusalSignal = Signal<Refusal | undefined>;

/**
 * Opens the room of the page's address, and then keeps the address and the title in step with the current room.
 * Returns a signal with the refusal of a room in the address.
 */
export function bindAddressBar(chat: ChatModel): RefusalSignal {
	const refusal: RefusalSignal = signal(undefined);
	/** Whether the address has been read. It is not changed before that. */
	const isRead = signal(roomOfPath(location.pathname) === undefined);

	async function open(): Promise<void> {
		const room = roomOfPath(location.pathname);
		const seq = messageOfPath(location.pathname);
		refusal.value = room === undefined ? undefined : await chat.rooms.join(room);
		isRead.value = true;
		if (seq !== undefined && refusal.value === undefined) await openMessage(seq);
	}

	/** Shows a message of the current room, once the room is live. */
	async function openMessage(seq: number): Promise<void> {
		const room = chat.rooms.current.peek();
		if (!room) return;
		const stop = effect(() => {
			if (room.state.value.phase !== "live") return;
			queueMicrotask(async () => {
				stop();
				refusal.value = await room.jumpTo(seq);
			});
		});
	}

	effect(() => {
		const state = chat.session.state.value;
		// The join page has its own field for the room.
		if (state === "signedOut") isRead.value = true;
		// The rooms are created by another effect of the same change.
		if (state === "signedIn" && !isRead.peek()) queueMicrotask(open);
	});
	addEventListener("popstate", () => {
		// The entry of a layer has the address of the current room.
		const path = location.pathname;
		const isOpen =
			roomOfPath(path)?.toLowerCase() === chat.rooms.current.peek()?.name && messageOfPath(path) === undefined;
		if (chat.session.state.peek() !== "signedIn" || isOpen) return;
		const name = roomOfPath(path)?.toLowerCase();
		// Back does not join a room again that the user has left.
		if (chat.rooms.joined.peek().some((room) => room.name === name)) void open();
		else showInAddress(chat.rooms.current.peek()?.name, true);
	});

	let wasInRoom = false;
	effect(() => {
		const room = chat.rooms.current.value?.name;
		if (!isRead.value || (room === undefined && !wasInRoom)) return;
		wasInRoom = room !== undefined;
		if (chat.session.state.peek() === "signedIn") showInAddress(room);
	});
	effect(() => {
		const unread = chat.rooms.joined.value.map((room) => room.unread.value);
		document.title = pageTitle(unread, chat.rooms.current.value?.title.value);
	});
	return refusal;
}

/** `replaces`: the entry of the history is of no use any more. */
function showInAddress(room: string | undefined, replaces = false): void {
	const path = room === undefined ? "/" : pathOfRoom(room);
	if (location.pathname === path) return;
	// The first room, and another spelling of the same one, replace the history entry. So does a room chosen in a drawer.
	const isOther = roomOfPath(location.pathname)?.toLowerCase() !== room;
	if (isOther && location.pathname !== "/" && !isLayerEntry() && !replaces) history.pushState(null, "", path);
	else history.replaceState(null, "", path);
}
