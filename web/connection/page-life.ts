/** What the connection wants to know about the page it serves. */
export type PageLife = {
	hidden(): boolean;
	/** Called when the page was hidden or is seen again; the answer stops it. */
	onHiddenChange(listener: () => void): () => void;
	/** Called when the network came back or timers stood still for long: the line may be dead; the answer stops it. */
	onWake(listener: () => void): () => void;
};

/** For programs: never hidden, never asleep. */
export const alwaysSeen: PageLife = {
	hidden: () => false,
	onHiddenChange: () => () => {},
	onWake: () => () => {},
};

const TICK_MS = 10_000;
/** A hidden page's timers may run once a minute only; a longer silence means that the device slept. */
const SLEPT_MS = 90_000;

/** The life of the page that this runs in. */
export function browserPageLife(): PageLife {
	return {
		hidden: () => document.visibilityState === "hidden",
		onHiddenChange(listener) {
			document.addEventListener("visibilitychange", listener);
			return () => document.removeEventListener("visibilitychange", listener);
		},
		onWake(listener) {
			addEventListener("online", listener);
			let seenAt = Date.now();
			const timer = setInterval(() => {
				const slept = Date.now() - seenAt > SLEPT_MS;
				seenAt = Date.now();
				if (slept) listener();
			}, TICK_MS);
			return () => {
				removeEventListener("online", listener);
				clearInterval(timer);
			};
		},
	};
}
