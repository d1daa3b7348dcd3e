import type { Trend } from "./result.ts";

const signed = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 2, signDisplay: "exceptZero" });

/** +1.2 MB/h (95 %: -3 to +5). */
export function perHour({ perHour, lowPerHour, highPerHour, unit }: Trend): string {
	const [slope, low, high] = [perHour, lowPerHour, highPerHour].map((value) => signed.format(value));
	return `${slope} ${unit}/h (95 %: ${low} to ${high})`;
}
