import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import type { Room } from "../../model/room.ts";

/** Screen readers have processed a loaded page after this time, without reading it. */
const SETTLE_MS = 1_000;

/** Whether screen readers read new messages. False while history is loading, so that it is not read. */
export function useLive(room: Room): ReadonlySignal<boolean> {
	const live = useSignal(false);
	useSignalEffect(() => {
		const loading = room.loading.value !== undefined || room.state.value.phase !== "live";
		if (loading) {
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
