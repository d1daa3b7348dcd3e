import { type InView, rowsInView } from "./rows-in-view.ts";

/** A row that has been in view stays laid out: see timeline.css. */
const SEEN = "row--seen";
/** Rows that are laid out may be lower than estimated, so that further ones come into view. */
const MAX_REVEALS = 5;

/** Within this distance of the end, new messages are scrolled into view. */
export const FOLLOW_WITHIN_PX = 100;
/** The user who scrolls up leaves the end, if only by one notch of a wheel. */
const LEAVES_AT_PX = 8;
/** Within this distance of an edge, the next page is requested. */
const PAGE_WITHIN_PX = 800;

/** Where the user reads: the key of a row in view, and the distance of its end from the top of the view. Undefined: at the end. */
export type ReadingPosition = { key: string; bottom: number } | undefined;

type Edges = {
	/** Called when the user scrolls to the end, or away from it. */
	onFollowing: (following: boolean) => void;
	/** Called when other rows may be in view. */
	onMoved: () => void;
	onNearStart: () => void;
	onNearEnd: () => void;
};

/**
 * Keeps the scroll position while the timeline changes: at the end, or at the rows in view. Nothing else changes the scroll
 * position, and each change is synchronous. A row has an estimated height until it comes into view. The browser would lay
 * it out a frame later and move what is below it; here that happens before the frame, and the position is corrected.
 */
export class ScrollKeeper {
	following = true;
	readonly #view: HTMLElement;
	readonly #rows: HTMLElement;
	readonly #edges: Edges;
	readonly #resizes: ResizeObserver;
	#lastTop = 0;
	/**
	 * The rows in view, the one to keep first. Empty at the end. The ends of rows are kept: a row begins with a head or
	 * without one, depending on the row above.
	 */
	#kept: InView[] = [];

	constructor(view: HTMLElement, content: HTMLElement, rows: HTMLElement, edges: Edges) {
		this.#view = view;
		this.#rows = rows;
		this.#edges = edges;
		view.addEventListener("scroll", this.#scrolled, { passive: true });
		this.#resizes = new ResizeObserver(() => this.after());
		this.#resizes.observe(view);
		this.#resizes.observe(content);
		this.#settle();
	}

	/** Where the user reads, as of the last change or scroll. */
	get position(): ReadingPosition {
		for (const { element, bottom } of this.#kept) {
			const key = (element as HTMLElement).dataset.anchor;
			if (key !== undefined) return { key, bottom };
		}
		return undefined;
	}

	/** Call this after the content has changed. */
	after(): void {
		const kept = this.following ? undefined : this.#kept.find(({ element }) => element.isConnected);
		if (kept) this.#view.scrollTop += this.#endOf(kept.element) - kept.bottom;
		this.#settle(kept);
	}

	toEnd(): void {
		this.#follow(true);
		this.#settle();
	}

	/** Scrolls so that the end of the element is at this distance from the top of the view, or as near as possible. */
	show(element: Element, bottom: number): void {
		this.#view.scrollTop += this.#endOf(element) - bottom;
		this.#follow(this.#distanceToEnd() <= 1);
		this.#settle({ element, bottom });
	}

	showInMiddle(element: Element): void {
		this.show(element, (this.#view.clientHeight + element.getBoundingClientRect().height) / 2);
	}

	/** Whether everything from the element to the end is in view at the end. */
	fitsAtEnd(element: Element): boolean {
		return this.#view.scrollHeight - (this.#endOf(element) + this.#view.scrollTop) <= this.#view.clientHeight;
	}

	stop(): void {
		this.#view.removeEventListener("scroll", this.#scrolled);
		this.#resizes.disconnect();
	}

	/** `kept`: the row that keeps its position also at the next change. */
	#settle(kept?: InView): void {
		this.#reveal(kept);
		if (this.following) this.#view.scrollTop = this.#view.scrollHeight;
		this.#lastTop = this.#view.scrollTop;
		this.#remember(kept);
		this.#requestPages();
		this.#edges.onMoved();
	}

	#scrolled = (): void => {
		const { scrollTop } = this.#view;
		// An own change of the position also arrives as an event.
		if (scrollTop === this.#lastTop) return;
		const isUp = scrollTop < this.#lastTop;
		// Only scrolling up leaves the end: growing content also increases the distance to it.
		if (this.#distanceToEnd() <= (isUp ? LEAVES_AT_PX : FOLLOW_WITHIN_PX)) this.#follow(true);
		else if (isUp) this.#follow(false);
		// A row that comes into view gets its real height. What was in view before it stays where it is.
		const seen = rowsInView(this.#view, this.#rows).filter(({ element }) => element.classList.contains(SEEN));
		this.#reveal(isUp ? seen.at(-1) : seen[0]);
		this.#lastTop = this.#view.scrollTop;
		this.#remember(undefined, isUp);
		this.#requestPages();
		this.#edges.onMoved();
	};

	/** Lays out the rows in view that have an estimated height. `kept` keeps its position. */
	#reveal(kept: InView | undefined): void {
		for (let round = 0; round < MAX_REVEALS; round++) {
			if (this.following) this.#view.scrollTop = this.#view.scrollHeight;
			const unseen = rowsInView(this.#view, this.#rows).filter(({ element }) => !element.classList.contains(SEEN));
			if (unseen.length === 0) return;
			for (const { element } of unseen) element.classList.add(SEEN);
			if (kept && !this.following) this.#view.scrollTop += this.#endOf(kept.element) - kept.bottom;
		}
	}

	#remember(first?: InView, isUp = false): void {
		if (this.following) {
			this.#kept = [];
			return;
		}
		const inView = rowsInView(this.#view, this.#rows);
		if (isUp) inView.reverse();
		this.#kept = first ? [first, ...inView.filter(({ element }) => element !== first.element)] : inView;
	}

	#requestPages(): void {
		// At the end there is enough, unless the view is taller than the messages.
		const isFilled = this.#view.scrollHeight - this.#view.clientHeight > FOLLOW_WITHIN_PX;
		if (this.#view.scrollTop < PAGE_WITHIN_PX && !(this.following && isFilled)) this.#edges.onNearStart();
		if (this.#distanceToEnd() < PAGE_WITHIN_PX) this.#edges.onNearEnd();
	}

	#follow(following: boolean): void {
		if (this.following === following) return;
		this.following = following;
		this.#edges.onFollowing(following);
	}

	#endOf(element: Element): number {
		return element.getBoundingClientRect().bottom - this.#view.getBoundingClientRect().top;
	}

	#distanceToEnd(): number {
		const { scrollHeight, scrollTop, clientHeight } = this.#view;
		return scrollHeight - scrollTop - clientHeight;
	}
}
