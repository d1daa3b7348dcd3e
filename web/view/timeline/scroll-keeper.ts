/** Nearer to the end than this, the reader follows what is said. */
export const FOLLOW_WITHIN_PX = 100;
/** Nearer to an edge than this, the next page is asked for, so that it is there before the edge is. */
const PAGE_WITHIN_PX = 800;

type Edges = {
	/** The reader came to the end, or left it. */
	onFollowing: (following: boolean) => void;
	onNearStart: () => void;
	onNearEnd: () => void;
};

/**
 * Keeps the eye where it is while the timeline changes around it: at the end, or on the lines it reads. All that moves
 * the scroll position is here and happens within one turn, so no two movements ever meet.
 */
export class ScrollKeeper {
	following = true;
	readonly #view: HTMLElement;
	readonly #edges: Edges;
	readonly #resizes: ResizeObserver;
	#lastTop = 0;
	/** What was in view before a change, from the top, and where. */
	#seen: { line: Element; top: number }[] = [];

	constructor(view: HTMLElement, lines: HTMLElement, edges: Edges) {
		this.#view = view;
		this.#edges = edges;
		view.addEventListener("scroll", this.#scrolled, { passive: true });
		this.#resizes = new ResizeObserver(() => this.#settle());
		this.#resizes.observe(view);
		this.#resizes.observe(lines);
		this.#settle();
	}

	/** To be called before the lines change. @param lines what the eye may hold on to, from the top. */
	before(lines: Iterable<Element>): void {
		this.#seen = [];
		if (this.following) return;
		const { top, bottom } = this.#view.getBoundingClientRect();
		for (const line of lines) {
			const box = line.getBoundingClientRect();
			if (box.bottom <= top) continue;
			if (box.top >= bottom) break;
			this.#seen.push({ line, top: box.top });
		}
	}

	/** To be called after the lines changed. */
	after(): void {
		const kept = this.#seen.find(({ line }) => line.isConnected);
		if (!this.following && kept !== undefined) {
			this.#view.scrollTop += kept.line.getBoundingClientRect().top - kept.top;
		}
		this.#seen = [];
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
		this.#askForPages();
	}

	#scrolled = (): void => {
		const { scrollTop } = this.#view;
		// Only who scrolls up leaves the end: lines that grow move away from it, too.
		if (this.#distanceToEnd() <= FOLLOW_WITHIN_PX) this.#follow(true);
		else if (scrollTop < this.#lastTop) this.#follow(false);
		this.#lastTop = scrollTop;
		this.#askForPages();
	};

	#askForPages(): void {
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
