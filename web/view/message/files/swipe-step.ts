/** A shorter movement of a finger is not a swipe. */
const SWIPE_PX = 48;

type Point = { readonly clientX: number; readonly clientY: number };

/** Returns 1 for a swipe to the next picture, -1 for one to the previous picture, else 0. */
export function swipeStep(from: Point | undefined, to: Point | undefined): number {
	if (!from || !to) return 0;
	const x = to.clientX - from.clientX;
	const isAcross = Math.abs(x) >= SWIPE_PX && Math.abs(x) > 2 * Math.abs(to.clientY - from.clientY);
	return isAcross ? -Math.sign(x) : 0;
}
