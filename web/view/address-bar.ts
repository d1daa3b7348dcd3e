import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol.ts";
import type { Chat } from "../model/chat.ts";
import { pathOfRoom, roomOfPath } from "./join/room-address.ts";
import { pageTitle } from "./rooms/unread-label.ts";

/** The page's address and title, kept at one with the room that is open. */
export type AddressBar = {
	/** The room that the address named when the page was opened. */
	readonly linkedRoom: string | undefined;
	/** Why the room in the address could not be opened; to be set to undefined once it was read. */
	readonly refusal: RefusalSignal;
};
export type RefusalSignal = ReadonlySignal<Refusal | undefined> & { value: Refusal | undefined };

/** Opens the room that the address names and lets the address follow the room from then on. */
export function bindAddressBar(chat: Chat): AddressBar {
	const linkedRoom = roomOfPath(location.pathname);
	const refusal = signal<Refusal | undefined>();
	const settled = signal(linkedRoom === undefined);

	async function open(room: string): Promise<void> {
		refusal.value = await chat.rooms.join(room);
		settled.value = true;
	}

	effect(() => {
		// Whoever signs in on the join page has chosen the room there.
		if (chat.session.state.value === "signedOut") settled.value = true;
	});
	const waitForSession = effect(() => {
		if (chat.session.state.value !== "signedIn") return;
		if (!settled.peek()) void open(linkedRoom!);
		queueMicrotask(() => waitForSession());
	});

	effect(() => {
		const room = chat.rooms.current.value?.name;
		if (!settled.value || chat.session.state.value !== "signedIn") return;
		const path = room === undefined ? "/" : pathOfRoom(room);
		if (location.pathname === path) return;
		if (roomOfPath(location.pathname)?.toLowerCase() === room) history.replaceState(null, "", path);
		else history.pushState(null, "", path);
	});
	addEventListener("popstate", () => {
		const room = roomOfPath(location.pathname);
		if (room !== undefined && chat.session.state.peek() === "signedIn") void open(room);
	});

	effect(() => {
		const unread = chat.rooms.joined.value.map((room) => room.unread.value);
		document.title = pageTitle(unread, chat.rooms.current.value?.name);
	});
	return { linkedRoom, refusal };
}
