import { type Machine, markdownTable, thisMachine, writeResults } from "../report.ts";
import type { SuiteOptions } from "./options.ts";
import type { RowResult, Suite, SuiteRow } from "./suite.ts";

/** A column of the table. A cell without a value has a dash. */
export type Column<R extends SuiteRow, M> = {
	title: string;
	isText?: boolean;
	cell: (result: Exclude<RowResult<M>, { state: "skipped" }>, row: R) => string | number | undefined;
};

export type RunCircumstances = Pick<SuiteOptions, "command" | "seed" | "quick"> & {
	when: string;
	machine: Pick<Machine, "node" | "kernel" | "cpus">;
};

/** Writes the table and its data into the report folder. Returns their paths and the table. */
export function writeSuiteReport<R extends SuiteRow, M>(
	suite: Suite<R, M>,
	results: readonly RowResult<M>[],
	{ command, seed, quick, reportFolder }: SuiteOptions,
): { files: string[]; markdown: string } {
	const when = new Date();
	const circumstances = { when: when.toISOString(), command, seed, quick, machine: thisMachine() };
	const markdown = suiteMarkdown(suite, results, circumstances);
	const json = JSON.stringify({ ...circumstances, results }, undefined, "\t");
	return { files: writeResults(reportFolder, suite.name, when, { json, md: markdown }), markdown };
}

/** Returns a table with a line for each row, and the problems below it. */
export function suiteMarkdown<R extends SuiteRow, M>(
	{ rowTitle, rows, columns }: Pick<Suite<R, M>, "rowTitle" | "rows" | "columns">,
	results: readonly RowResult<M>[],
	{ when, command, seed, quick, machine: { node, kernel, cpus } }: RunCircumstances,
): string {
	const machine = `Node ${node}, Linux ${kernel}, ${cpus} CPUs`;
	const head = `\`${command}\`, ${when.slice(0, 10)}, ${machine}, seed \`${seed}\`${quick ? ", a quick run" : ""}`;
	const cellsOf = (result: RowResult<M>) => {
		if (result.state === "skipped") return [...columns.slice(1).map(() => "–"), result.reason];
		const row = rows.find(({ id }) => id === result.id)!;
		return columns.map(({ cell }) => (cell(result, row) ?? "–").toLocaleString("en"));
	};
	const table = markdownTable(
		[rowTitle, "expected", "", ...columns.map(({ title }) => title)],
		results.map((result) => [result.title, result.expected, result.state, ...cellsOf(result)]),
		["---", "---", "---", ...columns.map(({ isText }) => (isText ? "---" : "--:"))],
	);
	const problems = results.flatMap((result) =>
		result.state === "skipped" ? [] : result.findings.problems.map((problem) => `- ${result.title}: ${problem}`),
	);
	return [head, "", table, ...(problems.length > 0 ? ["", ...problems] : []), ""].join("\n");
}
