import { createTimeFormat } from "./time-format.ts";

/** In the locale and time zone of the browser. */
export const timeFormat = createTimeFormat();

/** A time of day, with the exact time on hover. */
export function Time({ at }: { at: number }) {
	return (
		<time class="time" dateTime={new Date(at).toISOString()} title={timeFormat.exact(at)}>
			{timeFormat.short(at)}
		</time>
	);
}
