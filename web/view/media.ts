import { type ReadonlySignal, signal } from "@preact/signals";

/** Whether the rooms, and the people, are shown beside the current room. The widths equal those in layout.css. */
export const roomsBeside = mediaSignal("(min-width: 48rem)");
export const peopleBeside = mediaSignal("(min-width: 68rem)");

function mediaSignal(query: string): ReadonlySignal<boolean> {
	const list = matchMedia(query);
	const matches = signal(list.matches);
	list.addEventListener("change", () => {
		matches.value = list.matches;
	});
	return matches;
}
