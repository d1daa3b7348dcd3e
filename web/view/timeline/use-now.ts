import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { serverNow } from "../../model/server-clock.ts";

/** Often enough for "Today" to become "Yesterday". */
const INTERVAL_MS = 60_000;

export function useNow(): ReadonlySignal<number> {
	const now = useSignal(serverNow());
	useEffect(() => {
		const timer = setInterval(() => {
			now.value = serverNow();
		}, INTERVAL_MS);
		return () => clearInterval(timer);
	}, []);
	return now;
}
