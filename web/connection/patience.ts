import { type ReadonlySignal, signal } from "@preact/signals";

/** Turns true once a wait has lasted for so long, and false when it is over. */
export type Patience = {
	readonly over: ReadonlySignal<boolean>;
	/** The wait begins, unless one is under way. */
	wait(): void;
	end(): void;
};

export function createPatience(ms: number): Patience {
	const over = signal(false);
	let timer: ReturnType<typeof setTimeout> | undefined;
	return {
		over,
		wait() {
			timer ??= setTimeout(() => {
				over.value = true;
			}, ms);
		},
		end() {
			clearTimeout(timer);
			timer = undefined;
			over.value = false;
		},
	};
}
