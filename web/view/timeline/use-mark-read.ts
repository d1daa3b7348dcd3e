import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { NewMarker, Room } from "../../model/room.ts";
import { rowsInView } from "./rows-in-view.ts";
import type { ScrollKeeper } from "./scroll-keeper.ts";

/** While the user scrolls, what is in view counts as read at this interval. */
const INTERVAL_MS = 150;

type Refs = {
	view: RefObject<HTMLElement | null>;
	rows: RefObject<HTMLElement | null>;
	keeper: RefObject<ScrollKeeper | undefined>;
	/** The marker of unread messages to which the room was scrolled. */
	entered: RefObject<NewMarker | undefined>;
};

/**
 * Marks as read what is in view of a visible, focused window. Returns the function to call when other rows may be in view.
 */
export function useMarkRead(room: Room, { view, rows, keeper, entered }: Refs): () => void {
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

	const canRead = () =>
		document.visibilityState === "visible" && document.hasFocus() && entered.current === room.newSince.peek();

	/** A room at its end is read to its end: what follows its last message is no message. */
	function markAtEnd(): boolean {
		if (!keeper.current?.following || room.hasNewer.peek()) return false;
		if (canRead()) room.seen();
		return true;
	}

	function mark(): void {
		timer.current = undefined;
		const list = rows.current;
		if (markAtEnd() || !canRead() || view.current === null || list === null) return;
		const last = rowsInView(view.current, list).findLast(({ element }) => seqOf(element) !== undefined);
		if (last) room.seen(seqOf(last.element));
	}

	useSignalEffect(() => {
		room.items.value;
		markAtEnd();
	});
	/** The user comes back to the window: a line is drawn above what has arrived at the end meanwhile. */
	function returned(): void {
		const hasArrived = keeper.current?.following && room.unread.peek().count > 0;
		if (hasArrived && canRead()) room.showUnread();
		later();
	}

	function later(): void {
		timer.current ??= setTimeout(mark, INTERVAL_MS);
	}

	useEffect(() => {
		document.addEventListener("visibilitychange", returned);
		addEventListener("focus", returned);
		return () => {
			document.removeEventListener("visibilitychange", returned);
			removeEventListener("focus", returned);
			clearTimeout(timer.current);
		};
	}, [room]);

	return later;
}

function seqOf(element: Element): number | undefined {
	const { seq } = (element as HTMLElement).dataset;
	return seq === undefined ? undefined : Number(seq);
}
