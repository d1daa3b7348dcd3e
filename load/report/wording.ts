import type { Result, Trend } from "./result.ts";

const signed = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 2, signDisplay: "exceptZero" });

/** +1.2 MB/h (95 %: -3 to +5). */
export function perHour({ perHour, lowPerHour, highPerHour, unit }: Trend): string {
	const [slope, low, high] = [perHour, lowPerHour, highPerHour].map((value) => signed.format(value));
	return `${slope} ${unit}/h (95 %: ${low} to ${high})`;
}

/** Names the deployment that got the load. */
export function deployment({ target }: Pick<Result, "target">): string {
	return target.isOurs ? ownServers(target.urls.length) : target.urls.join(" and ");
}

export function ownServers(count: number): string {
	return count === 1 ? "a local server" : `${count} local servers`;
}
