/** The state of the page that uses the connection. Each `on…` returns a function that removes the listener. */
export type PageLifecycle = {
	hidden(): boolean;
	/** Calls the listener when the page is hidden or visible again. */
	onHiddenChange(listener: () => void): () => void;
	/** Calls the listener when the network is back or the device woke from sleep: the connection may be dead. */
	onWake(listener: () => void): () => void;
	/** Calls the listener when the device has lost its network. */
	onOffline(listener: () => void): () => void;
	/** Calls the listener when the browser leaves the page and keeps it, to show it again on Back. */
	onLeave(listener: () => void): () => void;
	/** Calls the listener when such a page is shown again. */
	onReturn(listener: () => void): () => void;
};

/** For programs without a page: never hidden, never asleep. */
export const alwaysVisible: PageLifecycle = {
	hidden: () => false,
	onHiddenChange: () => () => {},
	onWake: () => () => {},
	onOffline: () => () => {},
	onLeave: () => () => {},
	onReturn: () => () => {},
};

const TICK_MS = 10_000;
/** Browsers run the timers of a hidden page once a minute. A longer pause means that the device slept. */
const SLEPT_MS = 90_000;

/** Returns the lifecycle of the page that runs this code. */
export function browserPageLifecycle(): PageLifecycle {
	return {
		hidden: () => document.visibilityState === "hidden",
		onHiddenChange(listener) {
			document.addEventListener("visibilitychange", listener);
			return () => document.removeEventListener("visibilitychange", listener);
		},
		onWake(listener) {
			addEventListener("online", listener);
			let lastTick = Date.now();
			const timer = setInterval(() => {
				const slept = Date.now() - lastTick > SLEPT_MS;
				lastTick = Date.now();
				if (slept) listener();
			}, TICK_MS);
			return () => {
				removeEventListener("online", listener);
				clearInterval(timer);
			};
		},
		onOffline(listener) {
			addEventListener("offline", listener);
			return () => removeEventListener("offline", listener);
		},
		onLeave: (listener) => onPersisted("pagehide", listener),
		onReturn: (listener) => onPersisted("pageshow", listener),
	};
}

function onPersisted(type: "pagehide" | "pageshow", listener: () => void): () => void {
	const handle = ({ persisted }: PageTransitionEvent) => {
		if (persisted) listener();
	};
	addEventListener(type, handle);
	return () => removeEventListener(type, handle);
}
