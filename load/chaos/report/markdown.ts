import type { Result } from "./result.ts";

export type Circumstances = { when: string; seed: string; quick: boolean; node: string; kernel: string };

/** The table for readers: a line for each fault. */
export function writeMarkdown(results: readonly Result[], circumstances: Circumstances): string {
	const { when, seed, quick, node, kernel } = circumstances;
	const head = `${when.slice(0, 10)}, Node ${node}, Linux ${kernel}, seed \`${seed}\`${quick ? ", a quick run" : ""}`;
	const lines = [
		"| fault | expected | | rounds | acked | lost | duplicated | holes | out of order | measured |",
		"|---|---|---|--:|--:|--:|--:|--:|--:|---|",
		...results.map(writeRow),
	];
	const complaints = results.flatMap((result) =>
		result.state === "skipped" ? [] : result.verdict.complaints.map((complaint) => `- ${result.title}: ${complaint}`),
	);
	return [head, "", ...lines, ...(complaints.length > 0 ? ["", ...complaints] : []), ""].join("\n");
}

function writeRow(result: Result): string {
	const { title, expected } = result;
	if (result.state === "skipped")
		return `| ${[title, expected, "skipped", "–", "–", "–", "–", "–", "–", result.reason].join(" | ")} |`;
	const { rounds, verdict, figures, state } = result;
	const counts = [rounds, verdict.acked, verdict.lost, verdict.duplicated, verdict.holes, verdict.outOfOrder];
	const measured = Object.entries(figures)
		.map(([name, value]) => `${name} ${value}`)
		.join("; ");
	return `| ${[title, expected, state, ...counts.map((count) => count.toLocaleString("en")), measured].join(" | ")} |`;
}
