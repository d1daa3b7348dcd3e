import { MEASURE_NAMES } from "../measure/measures.ts";
import { count, ms, percent } from "./figures.ts";
import type { Result, ServerReport } from "./result.ts";
import { perHour } from "./trend-words.ts";
import { deployment, way } from "./where.ts";

/** The result as a terminal shows it: the answer, then what it rests on. */
export function summaryText(result: Result, older?: Result): string {
	const { verdict, accounting, throughput, generator, server, servers } = result;
	const lines = [
		"",
		`${verdict.passed ? "PASSED" : verdict.valid ? "FAILED" : "INVALID"}  ${verdict.sentence}`,
		...verdict.failures.map((failure) => `  - ${failure}`),
		...verdict.doubts.map((doubt) => `  - ${doubt}`),
		"",
		`Deliveries   ${count(accounting.delivered)} of ${count(accounting.owed)} owed, ${count(throughput.deliveriesPerS)} a second`,
		`             ${count(accounting.lost)} lost, ${count(accounting.duplicated)} twice, ${count(accounting.outOfOrder)} out of order, ${count(accounting.altered)} altered`,
		...accounting.faults.slice(0, 5).map((fault) => `             ${fault}`),
		`Latency      ${"p50".padStart(10)}${"p95".padStart(10)}${"p99".padStart(10)}${"p99.9".padStart(10)}${"max".padStart(10)}`,
		...MEASURE_NAMES.flatMap((name) => {
			const summary = result.latency[name];
			if (!summary) return [];
			const cells = [summary.p50, summary.p95, summary.p99, summary.p999, summary.max];
			return `  ${name.padEnd(11)}${cells.map((value) => ms(value).padStart(10)).join("")}`;
		}),
		`Errors       ${percent(result.errorPercent / 100)} of the requests`,
		...Object.entries(result.errors).map(([cause, times]) => `             ${count(times)} x ${cause}`),
		`Server       ${server ? `${cpuAndMemory(server)}, ${count(server.cpuUsPerDelivery)} µs of CPU a delivery` : "hides its metrics"}`,
		...(servers.length > 1 ? servers.map((one) => `             ${one.name}: ${cpuAndMemory(one)}`) : []),
		...(result.trends ?? []).map(
			(trend) =>
				`Soak         ${trend.name.padEnd(12)}${trend.verdict.padEnd(9)}${perHour(trend)}, at ${count(trend.level)} ${trend.unit}`,
		),
		`Generator    ${percent(generator.utilization)} busy, ${count(generator.rssMb)} MB, ${count(generator.cpuUsPerDelivery)} µs of CPU a delivery (the books: ${count(generator.bookkeepingUsPerDelivery)} µs)`,
		`Measured     ${deployment(result)}, ${way(result)}`,
		...(older ? [olderLine(older)] : []),
	];
	return lines.join("\n");
}

function olderLine({ verdict, latency, load, run, throughput }: Result): string {
	const p99 = latency.fanout ? `, p99 of the fan-out ${ms(latency.fanout.p99)}` : "";
	const size = `${count(load.users)} users, ${count(throughput.deliveriesPerS)} deliveries a second`;
	return `Older run    ${run} ${verdict.passed ? "passed" : "failed"}: ${size}${p99}; the report shows both`;
}

function cpuAndMemory({ cpuCores, rssMaxMb }: ServerReport): string {
	return `${percent(cpuCores)} of a core, ${count(rssMaxMb)} MB`;
}
