import { useSignalEffect } from "@preact/signals";
import type { Room } from "../../model/room.ts";

const SHOWN_MS = 2_000;

/** Scrolls to the message that was jumped to, and marks it for a moment. */
export function useHighlight(room: Room): void {
	useSignalEffect(() => {
		const target = room.highlighted.value;
		if (target === undefined) return;
		// After the page has drawn the messages around it.
		const frame = requestAnimationFrame(() => {
			const row = document.querySelector(`.room-page [data-seq="${target.seq}"]`);
			row?.scrollIntoView({ block: "center" });
			row?.classList.add("message--highlighted");
		});
		const timer = setTimeout(unmark, SHOWN_MS);
		return () => {
			cancelAnimationFrame(frame);
			clearTimeout(timer);
			unmark();
		};
	});
}

function unmark(): void {
	for (const row of document.querySelectorAll(".message--highlighted")) row.classList.remove("message--highlighted");
}
