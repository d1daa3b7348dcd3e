import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { NewMarker, Room } from "../../model/room.ts";
import { readingPosition } from "./reading-positions.ts";
import type { ScrollKeeper } from "./scroll-keeper.ts";

/** More unread messages than these are more than a screen. Fewer are drawn, because their real heights decide. */
const MAX_MEASURED = 100;
/** The part of the view that is above the unread messages. */
const ABOVE = 0.25;

type Refs = {
	keeper: RefObject<ScrollKeeper | undefined>;
	rows: RefObject<HTMLElement | null>;
	view: RefObject<HTMLElement | null>;
	/** Is set to the marker to which the room was scrolled: before that, what is in view is not what the user reads. */
	entered: RefObject<NewMarker | undefined>;
};

/**
 * Scrolls a room that is entered to where it was left, or so that its unread messages begin a quarter from the top. Up to
 * one screen of them is shown at the end. Returns the marker for the bar above them, until they are read.
 */
export function useEnterRoom(room: Room, { keeper, rows, view, entered }: Refs): ReadonlySignal<NewMarker | undefined> {
	const shown = useSignal<NewMarker | undefined>(undefined);
	const isRestored = useRef(false);
	const marker = room.newSince.value;

	useLayoutEffect(() => {
		const position = readingPosition(room);
		const row = [...(rows.current?.children ?? [])].find(
			(one) => (one as HTMLElement).dataset.anchor === position?.key,
		);
		if (position === undefined || row === undefined) return;
		isRestored.current = true;
		keeper.current?.show(row, position.bottom);
	}, [room]);

	useLayoutEffect(() => {
		entered.current = marker;
		const list = rows.current;
		const divider = list?.querySelector(".new-divider");
		if (marker === undefined || !list || !divider || !keeper.current) return;
		if (isRestored.current) {
			isRestored.current = false;
			shown.value = marker;
			return;
		}
		const isMeasured = marker.unread.count <= MAX_MEASURED;
		if (isMeasured) list.classList.add("rows--measured");
		const fits = isMeasured && keeper.current.fitsAtEnd(divider);
		list.classList.remove("rows--measured");
		if (fits) return;
		keeper.current.show(divider, (view.current?.clientHeight ?? 0) * ABOVE);
		shown.value = marker;
	}, [marker]);

	return useComputed(() =>
		room.unread.value.count > 0 && room.newSince.value === shown.value ? shown.value : undefined,
	);
}
