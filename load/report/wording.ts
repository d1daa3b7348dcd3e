import { count } from "../kit/report.ts";
import type { Result, Trend } from "./result.ts";

const signed = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 2, signDisplay: "exceptZero" });

/** +1.2 MB/h (95 %: -3 to +5). */
export function perHour({ perHour, lowPerHour, highPerHour, unit }: Trend): string {
	const [slope, low, high] = [perHour, lowPerHour, highPerHour].map((value) => signed.format(value));
	return `${slope} ${unit}/h (95 %: ${low} to ${high})`;
}

/** 12 messages per second; with the changes of messages where the profile has a mix. */
export function sentPerSecond({ throughput, load }: Pick<Result, "throughput" | "load">): string {
	return `${count(throughput.sentPerS)} messages ${load.mix ? "and changes " : ""}per second`;
}

/** 1 edit, 1,234 edits, 2 replies. */
export function counted(number: number, noun: string): string {
	return `${count(number)} ${number === 1 ? noun : `${noun}s`.replace(/ys$/, "ies")}`;
}

/** Names the deployment that got the load. */
export function deployment({ target }: Pick<Result, "target">): string {
	return target.isOurs ? ownServers(target.urls.length) : target.urls.join(" and ");
}

export function ownServers(servers: number): string {
	return servers === 1 ? "a local server" : `${servers} local servers`;
}
