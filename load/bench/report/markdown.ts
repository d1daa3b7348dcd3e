import type { Measured } from "../run/rounds.ts";
import { compared, heading } from "./figures.ts";
import { judgeGoals } from "./goals.ts";
import type { Machine } from "./machine.ts";
import { type Line, linesAt, ratesOf } from "./summary.ts";

/** Everything a run found, to be read. */
export function writeMarkdown(measured: readonly Measured[], machine: Machine, rounds: number): string {
	return `${[
		"# Benchmark",
		`${machine.cpu}, Linux ${machine.kernel}, Node ${machine.node}; ${machine.pinned ? "the server on one core, the load on another" : "the server and the load on the same core"}. ` +
			`Medians of ${rounds} ${rounds === 1 ? "round" : "rounds"}, the servers in turn. A bold × is how many times the first row's a figure is: the median ` +
			"of each round's ratio, and the least and the most. Every delivery was verified, unless a line says otherwise.",
		...measured.flatMap(section),
		...goals(measured),
		NOTES,
	].join("\n\n")}\n`;
}

const NOTES = `How to read it: CPU is user and system time of the whole server process. Write calls are what Linux counts as such;
Bun sends by another call, which it does not count. Latency is from the moment a message was meant to leave to its arrival at
each member. The peers deliver only a message's body; ours commits it to disk first, and delivers its number, author and time
with it. A server that is *late* could not keep up: its figures are of what it did deliver.`;

function section(measured: Measured): string[] {
	const lines = ratesOf(measured).flatMap((rate) => linesAt(measured, rate));
	const severalRates = ratesOf(measured).length > 1;
	const header = ["server", ...(severalRates ? ["messages/s"] : []), ...measured.metrics.map(heading)];
	const rows = lines.map((line) => [
		line.title + mark(line),
		...(severalRates ? [String(line.rate ?? "")] : []),
		...measured.metrics.map((metric) => compared(metric, line.metrics[metric], line.toFirst[metric])),
	]);
	return [`## ${measured.id}: ${measured.title}`, table(header, rows), ...remarks(lines), ...conditions(measured)];
}

function mark({ verdict }: Line): string {
	return verdict === "verified" ? "" : ` (*${verdict}*)`;
}

function remarks(lines: readonly Line[]): string[] {
	const said = lines.flatMap(({ title, rate, verdict, why }) =>
		why === undefined ? [] : `- ${title}${rate === undefined ? "" : ` at ${rate}/s`} is ${verdict}: ${why}`,
	);
	return said.length === 0 ? [] : [said.join("\n")];
}

/** What to doubt: a generator that was at its own limit, a machine that had other work. */
function conditions({ rows }: Measured): string[] {
	const all = rows.flatMap((row) => row.rounds.flat().flatMap((outcome) => outcome.conditions ?? []));
	if (all.length === 0) return [];
	const most = (values: number[]) => `${Math.round(100 * Math.max(...values))} %`;
	return [
		`Conditions at their worst: the load generator used ${most(all.map(({ generator }) => generator.cpu))} of its core and was ` +
			`${Math.round(Math.max(...all.map(({ generator }) => generator.lagMs)))} ms late (p99); a server waited ` +
			`${most(all.map(({ serverWait }) => serverWait))} of the time for its core.`,
	];
}

function goals(measured: readonly Measured[]): string[] {
	const rows = judgeGoals(measured).map(({ workload, metric, what, goal, measured: value, met }) => [
		workload,
		heading(metric),
		what,
		goal,
		value,
		met ? "met" : "**missed**",
	]);
	return rows.length === 0 ? [] : ["## Goals", table(["workload", "figure", "of", "goal", "measured", ""], rows)];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	return [line(header), line(header.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
