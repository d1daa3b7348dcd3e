import { createTimes } from "./times.ts";

/** In the reader's own locale and zone. */
export const times = createTimes();

/** A time of day; the exact moment on hover. */
export function Time({ at }: { at: number }) {
	return (
		<time class="time" dateTime={new Date(at).toISOString()} title={times.exact(at)}>
			{times.short(at)}
		</time>
	);
}
