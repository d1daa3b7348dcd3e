import { cutOf, whole } from "./figures.ts";
import type { Result } from "./result.ts";

export type Circumstances = {
	when: string;
	command: string;
	seed: string;
	quick: boolean;
	node: string;
	kernel: string;
	cpus: number;
};

const MEBIBYTE = 1_048_576;

/** The table for readers: a line for each attack. */
export function writeMarkdown(results: readonly Result[], circumstances: Circumstances): string {
	const { when, command, seed, quick, node, kernel, cpus } = circumstances;
	const head = `\`${command}\`, ${when.slice(0, 10)}, Node ${node}, Linux ${kernel}, ${cpus} CPUs, seed \`${seed}\`${quick ? ", a quick run" : ""}`;
	const lines = [
		"| attack | expected | | tried | let through | refused | cut | memory before, most, after (MiB) | may grow by | event loop late, p99, max (ms) | CPU | bystanders' ack, p50 / p99 before → during (ms) | delivery | lost, doubled, missing, out of order |",
		"|---|---|---|--:|--:|--:|--:|---|--:|---|--:|---|---|--:|",
		...results.map(writeRow),
	];
	const complaints = results.flatMap(({ title, verdict }) => verdict.complaints.map((one) => `- ${title}: ${one}`));
	return [head, "", ...lines, ...(complaints.length > 0 ? ["", ...complaints] : []), ""].join("\n");
}

function writeRow({ title, expected, state, measured, verdict, bound }: Result): string {
	const broken = verdict.lost + verdict.duplicated + verdict.holes + verdict.outOfOrder;
	if (measured === undefined) return `| ${[title, expected, state, ...Array(11).fill("–")].join(" | ")} |`;
	const { account, memory, lag, calm, during } = measured;
	const inMiB = ({ beforeBytes, peakBytes, afterBytes }: typeof memory) =>
		[beforeBytes, peakBytes, afterBytes].map((bytes) => Math.round(bytes / MEBIBYTE)).join(", ");
	const cells = [
		title,
		expected,
		state,
		`${whole(account.tried)} ${account.of}`,
		whole(account.through),
		whole(account.refused),
		whole(cutOf(measured)),
		inMiB(memory),
		String(bound),
		`${Math.round(lag.p99Ms)}, ${Math.round(lag.maxMs)}`,
		`${Math.round(measured.cpuShare * 100)} %`,
		`${middleAndTail(calm.ackMs)} → ${middleAndTail(during.ackMs)}`,
		`${middleAndTail(calm.deliveryMs)} → ${middleAndTail(during.deliveryMs)}`,
		String(broken),
	];
	return `| ${cells.join(" | ")} |`;
}

/** `3 / 12`: the median and the 99th percentile; a dash where there is nothing. */
function middleAndTail(ms: readonly number[]): string {
	if (ms.length === 0) return "–";
	const sorted = [...ms].sort((a, b) => a - b);
	const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1]!);
	return `${at(0.5)} / ${at(0.99)}`;
}
