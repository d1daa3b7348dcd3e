import { nowMs } from "../measure/clock.ts";

const SECOND_MS = 1_000;

/** Calls a function once a second, without drift. Leaves out a tick whose time has passed. */
export class Ticker {
	readonly #onTick: () => void;
	#timer: NodeJS.Timeout | undefined;

	constructor(onTick: () => void) {
		this.#onTick = onTick;
	}

	/** Ticks at `firstMs` of the monotonic clock, and every second from there. */
	startAt(firstMs: number): void {
		this.stop();
		let next = firstMs;
		const tick = () => {
			this.#onTick();
			do next += SECOND_MS;
			while (next <= nowMs());
			this.#timer = setTimeout(tick, next - nowMs());
		};
		this.#timer = setTimeout(tick, Math.max(0, next - nowMs()));
	}

	stop(): void {
		clearTimeout(this.#timer);
	}
}
