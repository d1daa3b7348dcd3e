import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Room } from "../../model/room.ts";
import { announce } from "../controls/Announcer.tsx";
import { roomSentence } from "./room-sentence.ts";

/** Announces a room that the user has switched to, and keeps the focus on the page. `onChange` closes what covers it. */
export function useRoomChange(room: Room | undefined, onChange: () => void): void {
	// Read before the room is drawn, which marks its messages as read.
	const sentence = useMemo(
		() => room && roomSentence(room.title.peek(), room.presence.peek()?.count, room.unread.peek()),
		[room?.name],
	);
	const isFirst = useRef(true);
	useEffect(() => {
		if (!isFirst.current) {
			onChange();
			if (sentence !== undefined) announce(sentence);
			keepFocus();
		}
		isFirst.current = false;
	}, [room?.name]);
}

/**
 * Moves the focus to the room's name if the focused element is gone, as after leaving a room. On a phone the composer does
 * not take the focus.
 */
export function keepFocus(): void {
	const { activeElement } = document;
	if (activeElement === null || activeElement === document.body) {
		document.querySelector<HTMLElement>("main h1")?.focus();
	}
}
