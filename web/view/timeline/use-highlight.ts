import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import type { Room } from "../../model/room.ts";
import type { ScrollKeeper } from "./scroll-keeper.ts";

const SHOWN_MS = 2_000;

type Refs = { keeper: RefObject<ScrollKeeper | undefined>; rows: RefObject<HTMLElement | null> };

/** Scrolls to the message that was jumped to, and marks it for a moment. */
export function useHighlight(room: Room, { keeper, rows }: Refs): void {
	useSignalEffect(() => {
		const target = room.highlighted.value;
		if (target === undefined) return;
		// After the page has drawn the messages around it.
		const frame = requestAnimationFrame(() => {
			const row = rows.current?.querySelector(`[data-seq="${target.seq}"]`);
			if (!row) return;
			keeper.current?.showInMiddle(row);
			row.querySelector(".message")?.classList.add(MARK);
		});
		const unmark = () => {
			for (const marked of rows.current?.querySelectorAll(`.${MARK}`) ?? []) marked.classList.remove(MARK);
		};
		const timer = setTimeout(unmark, SHOWN_MS);
		return () => {
			cancelAnimationFrame(frame);
			clearTimeout(timer);
			unmark();
		};
	});
}

const MARK = "message--highlighted";
