import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** The time, as often as is needed for "Today" to become "Yesterday". */
const EVERY_MS = 60_000;

export function useNow(): ReadonlySignal<number> {
	const now = useSignal(Date.now());
	useEffect(() => {
		const timer = setInterval(() => {
			now.value = Date.now();
		}, EVERY_MS);
		return () => clearInterval(timer);
	}, []);
	return now;
}
