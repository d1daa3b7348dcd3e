import type { Measured } from "../run/rounds.ts";
import type { Conditions } from "../workloads/workload.ts";
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
with it. A room that takes long to tell rests after that, for 50 ms at most, and what is said meanwhile goes in one write: that is
in our latency. A server that is *late* could not keep up: its figures are of what it did deliver. A line is *disturbed* when the machine had
more than a tenth of a core's other work to do: a server that waits gathers more into each write, so such figures look too good.`;

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

function mark({ verdict, disturbed }: Line): string {
	const marks = [...(verdict === "verified" ? [] : [verdict]), ...(disturbed ? ["disturbed"] : [])];
	return marks.length === 0 ? "" : ` (*${marks.join(", ")}*)`;
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
	const worst = (of: (one: Conditions) => number | undefined) => Math.max(...all.map((one) => of(one) ?? 0));
	const percent = (share: number) => `${Math.round(100 * share)} %`;
	return [
		`Conditions at their worst: the load generator used ${percent(worst(({ generator }) => generator.cpu))} of its core and was ` +
			`${Math.round(worst(({ generator }) => generator.lagMs))} ms late (p99); other work took ` +
			`${percent(worst(({ others }) => others?.onServerCore))} of the server's core and ` +
			`${percent(worst(({ others }) => others?.onGeneratorCore))} of the generator's.`,
	];
}

function goals(measured: readonly Measured[]): string[] {
	const rows = judgeGoals(measured).map(({ workload, metric, what, goal, measured: value, met, disturbed }) => [
		workload,
		heading(metric),
		what,
		goal,
		value,
		`${met ? "met" : "**missed**"}${disturbed ? ", disturbed" : ""}`,
	]);
	return rows.length === 0 ? [] : ["## Goals", table(["workload", "figure", "of", "goal", "measured", ""], rows)];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	return [line(header), line(header.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
