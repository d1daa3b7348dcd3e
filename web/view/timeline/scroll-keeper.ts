/** Within this distance of the end, new messages are scrolled into view. */
export const FOLLOW_WITHIN_PX = 100;
/** Within this distance of an edge, the next page is requested. */
const PAGE_WITHIN_PX = 800;

type Edges = {
	/** Called when the user scrolls to the end, or away from it. */
	onFollowing: (following: boolean) => void;
	onNearStart: () => void;
	onNearEnd: () => void;
};

/**
 * Keeps the scroll position while the timeline changes: at the end, or at the messages in view. Nothing else changes
 * the scroll position, and each change is synchronous.
 */
export class ScrollKeeper {
	following = true;
	readonly #view: HTMLElement;
	readonly #edges: Edges;
	readonly #resizes: ResizeObserver;
	#lastTop = 0;
	/** The elements that were in view before a change, and their positions. */
	#inView: { element: Element; top: number }[] = [];

	constructor(view: HTMLElement, content: HTMLElement, edges: Edges) {
		this.#view = view;
		this.#edges = edges;
		view.addEventListener("scroll", this.#scrolled, { passive: true });
		this.#resizes = new ResizeObserver(() => this.#settle());
		this.#resizes.observe(view);
		this.#resizes.observe(content);
		this.#settle();
	}

	/** Call this before the content changes. `anchors`: the elements whose position may be kept, in order. */
	before(anchors: Iterable<Element>): void {
		this.#inView = [];
		if (this.following) return;
		const { top, bottom } = this.#view.getBoundingClientRect();
		for (const element of anchors) {
			const box = element.getBoundingClientRect();
			if (box.bottom <= top) continue;
			if (box.top >= bottom) break;
			this.#inView.push({ element, top: box.top });
		}
	}

	/** Call this after the content has changed. */
	after(): void {
		const kept = this.#inView.find(({ element }) => element.isConnected);
		if (!this.following && kept !== undefined) {
			this.#view.scrollTop += kept.element.getBoundingClientRect().top - kept.top;
		}
		this.#inView = [];
		this.#settle();
	}

	toEnd(): void {
		this.#follow(true);
		this.#settle();
	}

	stop(): void {
		this.#view.removeEventListener("scroll", this.#scrolled);
		this.#resizes.disconnect();
	}

	#settle(): void {
		if (this.following) this.#view.scrollTop = this.#view.scrollHeight;
		this.#lastTop = this.#view.scrollTop;
		this.#requestPages();
	}

	#scrolled = (): void => {
		const { scrollTop } = this.#view;
		// Only scrolling up leaves the end: growing content also increases the distance to it.
		if (this.#distanceToEnd() <= FOLLOW_WITHIN_PX) this.#follow(true);
		else if (scrollTop < this.#lastTop) this.#follow(false);
		this.#lastTop = scrollTop;
		this.#requestPages();
	};

	#requestPages(): void {
		if (this.#view.scrollTop < PAGE_WITHIN_PX) this.#edges.onNearStart();
		if (this.#distanceToEnd() < PAGE_WITHIN_PX) this.#edges.onNearEnd();
	}

	#follow(following: boolean): void {
		if (this.following === following) return;
		this.following = following;
		this.#edges.onFollowing(following);
	}

	#distanceToEnd(): number {
		const { scrollHeight, scrollTop, clientHeight } = this.#view;
		return scrollHeight - scrollTop - clientHeight;
	}
}
