import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import type { Room } from "../../model/room.ts";

/** As long after a page was drawn, screen readers have noted it without reading it out. */
const SETTLE_MS = 1_000;

/** Whether new lines are to be read aloud: those that are said now, not those that are loaded. */
export function useLive(room: Room): ReadonlySignal<boolean> {
	const live = useSignal(false);
	useSignalEffect(() => {
		const drawing = room.loading.value !== undefined || room.state.value.phase !== "live";
		if (drawing) {
			live.value = false;
			return;
		}
		const timer = setTimeout(() => {
			live.value = true;
		}, SETTLE_MS);
		return () => clearTimeout(timer);
	});
	return live;
}
