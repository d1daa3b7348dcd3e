const english = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** 12,345; three significant digits below ten. */
export function count(value: number): string {
	return Math.abs(value) < 10 ? fine.format(value) : english.format(value);
}

/** 0.42 ms, 12.3 ms, 1,230 ms. */
export function ms(value: number): string {
	return `${value < 1_000 ? fine.format(value) : english.format(value)} ms`;
}

export function percent(share: number): string {
	return `${fine.format(100 * share)} %`;
}
