import { type RowElement, rowAt } from "./rows.ts";

/** A finger that stays this long opens the sheet. */
export const LONG_PRESS_MS = 450;
/** A finger that moves further does not press. */
const STILL_PX = 10;
/** A swipe of this length to the right replies. The message follows the finger up to {@link MAX_SWIPE_PX}. */
export const SWIPE_PX = 56;
const MAX_SWIPE_PX = 76;
/** These have gestures of their own. */
const OTHERS = "a, button, input, textarea, pre";

type Gestures = {
	onLongPress: (row: RowElement) => void;
	/** Returns whether the message can be replied to. */
	canSwipe: (row: RowElement) => boolean;
	onSwipe: (row: RowElement) => void;
};

/** Recognises gestures of one finger on the messages in the element. Returns a function that stops it. */
export function listenToTouch(element: HTMLElement, { onLongPress, canSwipe, onSwipe }: Gestures): () => void {
	let start: { x: number; y: number; row: RowElement; timer: ReturnType<typeof setTimeout> } | undefined;
	let swiped = 0;
	let isSwiping = false;
	let isPressed = false;

	function begin(event: PointerEvent): void {
		end();
		isPressed = false;
		if (event.pointerType !== "touch" || !event.isPrimary) return;
		const row = rowAt(event.target);
		if (!row || (event.target as Element).closest(OTHERS)) return;
		const timer = setTimeout(() => {
			end();
			isPressed = true;
			onLongPress(row);
		}, LONG_PRESS_MS);
		start = { x: event.clientX, y: event.clientY, row, timer };
	}

	function move(event: PointerEvent): void {
		if (!start || !event.isPrimary) return;
		const dx = event.clientX - start.x;
		const dy = event.clientY - start.y;
		if (Math.hypot(dx, dy) > STILL_PX) clearTimeout(start.timer);
		if (!isSwiping) {
			if (Math.abs(dy) > STILL_PX) {
				end();
				return;
			}
			if (dx < STILL_PX || dx < 2 * Math.abs(dy) || !canSwipe(start.row)) return;
			isSwiping = true;
			start.row.row.classList.add("swiped");
		}
		swiped = Math.max(0, Math.min(dx, MAX_SWIPE_PX));
		start.row.row.style.setProperty("--swiped", `${swiped}px`);
		start.row.row.classList.toggle("swiped--far", swiped >= SWIPE_PX);
	}

	function finish(): void {
		const row = start?.row;
		const isFar = isSwiping && swiped >= SWIPE_PX;
		end();
		if (isFar && row) onSwipe(row);
	}

	function end(): void {
		if (!start) return;
		clearTimeout(start.timer);
		start.row.row.classList.remove("swiped", "swiped--far");
		start.row.row.style.removeProperty("--swiped");
		start = undefined;
		isSwiping = false;
		swiped = 0;
	}

	/** The browser's own menu, and the click at the end of a long press. */
	function prevent(event: Event): void {
		if (start || isPressed) event.preventDefault();
	}

	const listeners: [string, (event: never) => void][] = [
		["pointerdown", begin],
		["pointermove", move],
		["pointerup", finish],
		["pointercancel", end],
		["contextmenu", prevent],
		["touchend", prevent],
	];
	for (const [type, listener] of listeners)
		element.addEventListener(type, listener as EventListener, { passive: false });
	return () => {
		end();
		for (const [type, listener] of listeners) element.removeEventListener(type, listener as EventListener);
	};
}
