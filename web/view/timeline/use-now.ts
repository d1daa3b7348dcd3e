import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** Often enough for "Today" to become "Yesterday". */
const INTERVAL_MS = 60_000;

export function useNow(): ReadonlySignal<number> {
	const now = useSignal(Date.now());
	useEffect(() => {
		const timer = setInterval(() => {
			now.value = Date.now();
		}, INTERVAL_MS);
		return () => clearInterval(timer);
	}, []);
	return now;
}
