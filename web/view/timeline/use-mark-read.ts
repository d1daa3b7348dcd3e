import { type ReadonlySignal, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Room } from "../../model/room.ts";

/** Marks the room as read while its end is in view and the page is visible. */
export function useMarkRead(room: Room, following: ReadonlySignal<boolean>): void {
	function mark(): void {
		if (following.peek() && document.visibilityState === "visible" && !room.hasNewer.peek()) room.markRead();
	}
	useSignalEffect(() => {
		room.items.value;
		following.value;
		room.hasNewer.value;
		mark();
	});
	useEffect(() => {
		document.addEventListener("visibilitychange", mark);
		return () => document.removeEventListener("visibilitychange", mark);
	}, [room]);
}
