import { effect, type Signal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { Chat } from "../model/chat.ts";
import { pathOfRoom, roomOfPath } from "./join/room-address.ts";
import { pageTitle } from "./rooms/unread-label.ts";

/** Set to undefined once it was read. */
export type RefusalSignal = Signal<Refusal | undefined>;

/**
 * Opens the room that the page's address names, and lets address and title follow the open room from then on.
 * The answer holds why a room in the address could not be opened.
 */
export function bindAddressBar(chat: Chat): RefusalSignal {
	const refusal: RefusalSignal = signal(undefined);
	/** Whether the address was read; before that it is not written. */
	const isRead = signal(roomOfPath(location.pathname) === undefined);

	async function open(): Promise<void> {
		const room = roomOfPath(location.pathname);
		refusal.value = room === undefined ? undefined : await chat.rooms.join(room);
		isRead.value = true;
	}

	effect(() => {
		const state = chat.session.state.value;
		// On the join page the person chooses the room.
		if (state === "signedOut") isRead.value = true;
		// The rooms are there when all that follows from the session has followed.
		if (state === "signedIn" && !isRead.peek()) queueMicrotask(open);
	});
	addEventListener("popstate", () => {
		if (chat.session.state.peek() === "signedIn") void open();
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
		document.title = pageTitle(unread, chat.rooms.current.value?.name);
	});
	return refusal;
}

function showInAddress(room: string | undefined): void {
	const path = room === undefined ? "/" : pathOfRoom(room);
	if (location.pathname === path) return;
	// The first room, and the same one written in another way, is no step to go back from.
	const isStep = roomOfPath(location.pathname)?.toLowerCase() !== room && location.pathname !== "/";
	if (isStep) history.pushState(null, "", path);
	else history.replaceState(null, "", path);
}
