/**
 * Keeps the page as high as the visual viewport. Safari on iOS shows the keyboard over the page instead of shrinking it,
 * and scrolls the page up.
 */
export function followViewportHeight(): void {
	const viewport = window.visualViewport;
	if (viewport === null) return;
	const follow = () => {
		// Zooming in also shrinks the visual viewport; the page keeps its height.
		if (viewport.scale > 1) return;
		const covered = window.innerHeight - viewport.height > 1;
		if (covered) document.documentElement.style.setProperty("--visible-height", `${viewport.height}px`);
		else document.documentElement.style.removeProperty("--visible-height");
		if (covered) window.scrollTo(0, 0);
	};
	viewport.addEventListener("resize", follow);
}
