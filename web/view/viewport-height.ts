/**
 * Keeps the page as high as what is seen of it: Safari on iOS lays its keyboard over the page instead of shrinking it,
 * and pushes the page up, out of sight.
 */
export function followViewportHeight(): void {
	const seen = window.visualViewport;
	if (seen === null) return;
	const follow = () => {
		// A reader who zooms in sees less of the page, not less of a page.
		if (seen.scale > 1) return;
		const covered = window.innerHeight - seen.height > 1;
		if (covered) document.documentElement.style.setProperty("--seen-height", `${seen.height}px`);
		else document.documentElement.style.removeProperty("--seen-height");
		if (covered) window.scrollTo(0, 0);
	};
	seen.addEventListener("resize", follow);
}
