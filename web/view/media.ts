import { type ReadonlySignal, signal } from "@preact/signals";

/** Whether the rooms, and a panel, are shown beside the current room. The widths equal those in layout.css. */
export const roomsBeside = mediaSignal("(min-width: 48rem)");
export const panelBeside = mediaSignal("(min-width: 68rem)");

/** Whether the user types on an on-screen keyboard. */
export const onTouch = mediaSignal("(pointer: coarse)");

function mediaSignal(query: string): ReadonlySignal<boolean> {
	const list = matchMedia(query);
	const matches = signal(list.matches);
	list.addEventListener("change", () => {
		matches.value = list.matches;
	});
	return matches;
}
