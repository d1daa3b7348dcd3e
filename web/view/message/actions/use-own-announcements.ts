import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Room } from "../../../model/room.ts";
import { announce } from "../../controls/Announcer.tsx";
import { ownChanges, ownMessages } from "./own-changes.ts";

/** Has screen readers read what happens to the messages of the user: reactions of others, and edits. */
export function useOwnAnnouncements(room: Room): void {
	useEffect(() => {
		let before = ownMessages(room.items.peek());
		return effect(() => {
			const now = ownMessages(room.items.value);
			for (const sentence of ownChanges(before, now, room.me.id)) announce(sentence);
			before = now;
		});
	}, [room]);
}
