import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** How far from the messages in view, in their height. Browsers begin thousands of pixels before with `loading=lazy`. */
const MARGIN = "25% 0px";

/** Whether an element has been in view, or close to it. */
export function useIsNear(element: RefObject<HTMLElement | null>): boolean {
	const isNear = useSignal(false);
	useEffect(() => {
		const watched = element.current;
		if (!watched || isNear.peek()) return;
		const root = watched.closest("[role=log]");
		const observer = new IntersectionObserver(
			(entries) => {
				if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
				isNear.value = true;
				observer.disconnect();
			},
			{ root, rootMargin: MARGIN },
		);
		observer.observe(watched);
		return () => observer.disconnect();
	});
	return isNear.value;
}
