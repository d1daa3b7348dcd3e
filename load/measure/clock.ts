const originMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Returns milliseconds of the machine's monotonic clock, the same in every process and thread of the machine. */
export function nowMs(): number {
	return originMs + performance.now();
}
