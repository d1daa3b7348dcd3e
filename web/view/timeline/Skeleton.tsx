import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** A room that is loaded sooner shows no skeleton, which would only flash. */
const SHOW_AFTER_MS = 200;
/** The widths of the texts, in percent. */
const ROWS = [62, 38, 81, 45, 70, 33];

/** Rows without a text, while the messages of a room are loading. */
export function Skeleton() {
	const isShown = useSignal(false);
	useEffect(() => {
		const timer = setTimeout(() => {
			isShown.value = true;
		}, SHOW_AFTER_MS);
		return () => clearTimeout(timer);
	}, []);
	if (!isShown.value) return null;
	return (
		<div class="skeleton" aria-hidden="true">
			{ROWS.map((width) => (
				<div key={width} class="skeleton__row">
					<span class="skeleton__picture" />
					<span class="skeleton__text" style={{ width: `${width}%` }} />
				</div>
			))}
		</div>
	);
}
