/** A logarithmic axis: equal ratios are equal distances. */
export type LogScale = { place(value: number): number; ticks: number[] };

/** Maps `[least, most]` to `[from, to]`; the ticks are the 1, 2 and 5 of every power of ten that lie within. */
export function logScale(least: number, most: number, from: number, to: number): LogScale {
	// One value alone has no span; it stands at the beginning.
	const span = Math.log(most / least) || 1;
	const ticks: number[] = [];
	for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power++) {
		for (const digit of [1, 2, 5]) {
			const tick = Number(`${digit}e${power}`);
			if (tick >= least && tick <= most) ticks.push(tick);
		}
	}
	return { place: (value) => from + ((to - from) * Math.log(value / least)) / span, ticks };
}
