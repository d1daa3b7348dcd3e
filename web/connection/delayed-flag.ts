import { type ReadonlySignal, signal } from "@preact/signals";

/** A flag that is raised only if the cause lasts for a while. */
export type DelayedFlag = {
	readonly raised: ReadonlySignal<boolean>;
	/** Raises the flag after the delay. Has no effect while the delay is running or the flag is raised. */
	start(): void;
	/** Raises the flag at once. */
	raise(): void;
	/** Lowers the flag and stops the delay. */
	clear(): void;
};

export function createDelayedFlag(delayMs: number): DelayedFlag {
	const raised = signal(false);
	let timer: ReturnType<typeof setTimeout> | undefined;
	function raise(): void {
		raised.value = true;
	}
	return {
		raised,
		start() {
			timer ??= setTimeout(raise, delayMs);
		},
		raise,
		clear() {
			clearTimeout(timer);
			timer = undefined;
			raised.value = false;
		},
	};
}
