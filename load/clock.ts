const originMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Milliseconds of the machine's steady clock: one and the same in every process and thread of this machine. */
export function nowMs(): number {
	return originMs + performance.now();
}
