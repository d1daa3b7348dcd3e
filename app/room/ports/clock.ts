/** Time, and the only way to wait for it. Tests advance a clock of their own. */
export interface Clock {
	/** Milliseconds since 1970, UTC, for what people see. It may jump. */
	now(): number;
	/** Milliseconds since an arbitrary moment, never going back, for measuring. */
	monotonic(): number;
	/** Runs `task` once after `ms`. Returns a function that cancels it. A timer never keeps the process alive. */
	after(ms: number, task: () => void): () => void;
}
