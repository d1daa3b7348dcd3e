import { type Machine, markdownTable } from "../../kit/report.ts";
import type { Conditions } from "../measure/conditions.ts";
import type { WorkloadResults } from "../run/rounds.ts";
import { comparedFigure, heading } from "./figures.ts";
import { judgeGoals } from "./goals.ts";
import { ratesOf, type SummaryRow, summaryAt } from "./summary.ts";

/** Returns the report in Markdown. */
export function writeMarkdown(
	measured: readonly WorkloadResults[],
	machine: Machine & { pinned: boolean },
	rounds: number,
): string {
	const { cpus, model, kernel, node, pinned } = machine;
	const sections = [
		"# Benchmark",
		`${cpus} × ${model}, Linux ${kernel}, Node ${node}; ${pinned ? "the server on one core, the load on another" : "the server and the load on the same core"}. ` +
			`Medians of ${rounds} ${rounds === 1 ? "round" : "rounds"}, in which the servers run in turn. A bold × is the ratio to the first row: the median of ` +
			"the ratios of all rounds, with the minimum and the maximum. Every delivery was verified, unless a row says otherwise.",
		...measured.flatMap(section),
		...goals(measured),
		NOTES,
	];
	return `${sections.join("\n\n")}\n`;
}

const NOTES = `How to read it: CPU is user and system time of the whole server process. Write calls are the calls that Linux counts;
it does not count the call by which Bun sends. Latency is from the time for which a send was planned to its arrival at each
member. The peers deliver only the body of a message; this chat commits it to disk first, and delivers its number, author and
time with it. In a large room this chat waits up to 20 ms after a broadcast and sends what was committed meanwhile as one
packet, which is part of its latency. A server that is *late* could not keep up: its figures are of the messages that it did
deliver. A row is *disturbed* if other work used more than a tenth of a core: a server that has to wait puts more into each
write, so such figures are too good.`;

function section(measured: WorkloadResults): string[] {
	const rates = ratesOf(measured);
	const rows = rates.flatMap((rate) => summaryAt(measured, rate));
	const rateColumn = rates.length > 1;
	const header = ["server", ...(rateColumn ? ["messages/s"] : []), ...measured.metrics.map(heading)];
	const cells = rows.map((row) => [
		row.title + mark(row),
		...(rateColumn ? [String(row.rate ?? "")] : []),
		...measured.metrics.map((metric) => comparedFigure(metric, row.metrics[metric], row.toFirst[metric])),
	]);
	const title = `## ${measured.id}: ${measured.title}`;
	return [title, markdownTable(header, cells), ...remarks(rows), ...conditions(measured)];
}

function mark({ verdict, isDisturbed }: SummaryRow): string {
	const marks = [...(verdict === "verified" ? [] : [verdict]), ...(isDisturbed ? ["disturbed"] : [])];
	return marks.length === 0 ? "" : ` (*${marks.join(", ")}*)`;
}

function remarks(rows: readonly SummaryRow[]): string[] {
	const lines = rows.flatMap(({ title, rate, verdict, why }) =>
		why === undefined ? [] : `- ${title}${rate === undefined ? "" : ` at ${rate}/s`} is ${verdict}: ${why}`,
	);
	return lines.length === 0 ? [] : [lines.join("\n")];
}

/** Returns the worst conditions of all runs. */
function conditions({ rows }: WorkloadResults): string[] {
	const all = rows.flatMap(({ rounds }) => rounds.flat().flatMap((result) => result.conditions ?? []));
	if (all.length === 0) return [];
	const worst = (of: (one: Conditions) => number | undefined) => Math.max(...all.map((one) => of(one) ?? 0));
	const percent = (share: number) => `${Math.round(100 * share)} %`;
	return [
		`Worst conditions: the load generator used ${percent(worst(({ generator }) => generator.cpu))} of its core and was ` +
			`${Math.round(worst(({ generator }) => generator.lagMs))} ms late (p99); other work used ` +
			`${percent(worst(({ others }) => others?.onServerCore))} of the server's core and ` +
			`${percent(worst(({ others }) => others?.onGeneratorCore))} of the generator's.`,
	];
}

function goals(measured: readonly WorkloadResults[]): string[] {
	const rows = judgeGoals(measured).map(({ workload, metric, what, goal, measured: value, isMet, isDisturbed }) => [
		workload,
		heading(metric),
		what,
		goal,
		value,
		`${isMet ? "met" : "**missed**"}${isDisturbed ? ", disturbed" : ""}`,
	]);
	return rows.length === 0
		? []
		: ["## Goals", markdownTable(["workload", "figure", "of", "goal", "measured", ""], rows)];
}
