import { count, ms, percent } from "../kit/report.ts";
import { ENTRY_KINDS } from "../ledger/entry-kinds.ts";
import { MEASURE_NAMES } from "../measure/measures.ts";
import { onPath } from "../target/path.ts";
import type { Result, ServerReport } from "./result.ts";
import { stateOf } from "./run-page.ts";
import { counted, deployment, perHour } from "./wording.ts";

const INDENT = " ".repeat(13);

/** Returns the result as text for a terminal: the outcome, then the figures. */
export function summaryText(result: Result, older?: Result): string {
	const { verdict, accounting, throughput, generator, server, servers } = result;
	const lines = [
		"",
		`${stateOf(result).toUpperCase()}  ${verdict.sentence}`,
		...[...verdict.failures, ...verdict.doubts].map((reason) => `  - ${reason}`),
		"",
		`Deliveries   ${count(accounting.delivered)} of ${count(accounting.owed)} owed, ${count(throughput.deliveriesPerS)} per second`,
		`${INDENT}${count(accounting.lost)} lost, ${count(accounting.duplicated)} duplicated, ${count(accounting.outOfOrder)} out of order, ${count(accounting.altered)} altered`,
		...accounting.faults.slice(0, 5).map((fault) => INDENT + fault),
		...kindLines(result),
		`Latency      ${["p50", "p95", "p99", "p99.9", "max"].map((name) => name.padStart(10)).join("")}`,
		...MEASURE_NAMES.flatMap((name) => {
			const summary = result.latency[name];
			if (!summary) return [];
			const cells = [summary.p50, summary.p95, summary.p99, summary.p999, summary.max];
			return `  ${name.padEnd(11)}${cells.map((value) => ms(value).padStart(10)).join("")}`;
		}),
		`Errors       ${percent(result.errorPercent / 100)} of the requests`,
		...Object.entries(result.errors).map(([cause, times]) => `${INDENT}${count(times)} x ${cause}`),
		`Server       ${server ? `${cpuAndMemory(server)}, ${count(server.cpuUsPerDelivery)} µs of CPU per delivery` : "hides its metrics"}`,
		...(servers.length > 1 ? servers.map((one) => `${INDENT}${one.name}: ${cpuAndMemory(one)}`) : []),
		...(result.trends ?? []).map(
			(trend) =>
				`Soak         ${trend.name.padEnd(12)}${trend.verdict.padEnd(9)}${perHour(trend)}, at ${count(trend.level)} ${trend.unit}`,
		),
		`Generator    ${percent(generator.utilization)} busy, ${count(generator.rssMb)} MB, ${count(generator.cpuUsPerDelivery)} µs of CPU per delivery (ledger: ${count(generator.bookkeepingUsPerDelivery)} µs)`,
		`Measured     ${deployment(result)}, ${onPath(result.target.path)}`,
		...(older ? [olderLine(older)] : []),
	];
	return lines.join("\n");
}

/** The kinds of entries, and what users made of them, where there are others than messages. */
function kindLines({ accounting: { kinds, tooLate, files }, states }: Result): string[] {
	if (!states) return [];
	const acked = ENTRY_KINDS.map((kind) => counted(kinds[kind]?.acked ?? 0, kind));
	const late = tooLate > 0 ? `; ${counted(tooLate, "change")} came after the removal of the message` : "";
	return [
		`Entries      ${acked.join(", ")} acknowledged${late}`,
		...(files.uploaded > 0
			? [
					`Files        ${counted(files.uploaded, "file")} of ${count(files.uploadedBytes / 1_000_000)} MB uploaded, ${count(files.downloaded)} of ${count(files.downloadedBytes / 1_000_000)} MB downloaded: ${count(files.altered)} differ, ${count(files.lost)} lost`,
				]
			: []),
		`States       ${counted(states.users, "user")} compared ${counted(states.messages, "message")} with the history: ${count(states.differing)} differ`,
		...states.sentences.slice(0, 5).map((sentence) => INDENT + sentence),
	];
}

function olderLine({ verdict, latency, load, run, throughput }: Result): string {
	const p99 = latency.fanout ? `, p99 of the fan-out ${ms(latency.fanout.p99)}` : "";
	const size = `${count(load.users)} users, ${count(throughput.deliveriesPerS)} deliveries per second`;
	return `Older run    ${run} ${verdict.passed ? "passed" : "failed"}: ${size}${p99}; the report shows both`;
}

function cpuAndMemory({ cpuCores, rssMaxMb }: ServerReport): string {
	return `${percent(cpuCores)} of a core, ${count(rssMaxMb)} MB`;
}
