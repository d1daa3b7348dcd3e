import { MEASURE_NAMES, MEASURES } from "../measure/measures.ts";
import { escapeHtml } from "./escape.ts";
import { count, ms, percent } from "./figures.ts";
import type { Result } from "./result.ts";
import { perHour } from "./trend-words.ts";
import { deployment } from "./where.ts";

/** A row of a table: what it is, and its value in each of the runs shown. */
type Row = [name: string, value: (result: Result) => string];

const PERCENTILES = ["p50", "p95", "p99", "p999", "max"] as const;

/** The raw figures: a table for each matter, with a column for each run where two are compared. */
export function figureTables(results: Result[]): string {
	return [
		latencyTables(results),
		serverTable(results[0]!),
		table("Books", results, BOOKS),
		table("Throughput", results, THROUGHPUT),
		errorTable(results),
		table(results.some(({ servers }) => servers.length > 1) ? "All servers" : "Server", results, SERVER),
		...(results.some(({ trends }) => trends) ? [table("Soak: the second half of the talk", results, SOAK)] : []),
		table("Generator", results, GENERATOR),
		table("Load", results, LOAD),
		table("Where and when", results, CIRCUMSTANCES),
	].join("\n");
}

const BOOKS: Row[] = [
	["Messages acknowledged", ({ accounting }) => count(accounting.acked)],
	["Deliveries owed", ({ accounting }) => count(accounting.owed)],
	["Deliveries that came", ({ accounting }) => count(accounting.delivered)],
	["Lost", ({ accounting }) => count(accounting.lost)],
	["Came twice", ({ accounting }) => count(accounting.duplicated)],
	["Out of order", ({ accounting }) => count(accounting.outOfOrder)],
	["Altered", ({ accounting }) => count(accounting.altered)],
	["Turns taken, of those that came due", ({ turns }) => `${count(turns.taken)} of ${count(turns.planned)}`],
];

const THROUGHPUT: Row[] = [
	["Messages a second", ({ throughput }) => count(throughput.sentPerS)],
	["Deliveries a second", ({ throughput }) => count(throughput.deliveriesPerS)],
	[
		"Bytes a delivery",
		({ throughput }) => (throughput.bytesPerDelivery === null ? "not told" : count(throughput.bytesPerDelivery)),
	],
];

const SERVER: Row[] = [
	["CPU, average", ({ server }) => (server ? `${percent(server.cpuCores)} of a core` : "not told")],
	[
		"CPU, busiest second of one server",
		({ server }) => (server ? `${percent(server.cpuCoresMax)} of a core` : "not told"),
	],
	["CPU a delivery", ({ server }) => (server ? `${count(server.cpuUsPerDelivery)} µs` : "not told")],
	["Memory, at most", ({ server }) => (server ? `${count(server.rssMaxMb)} MB` : "not told")],
	["Event loop late by (p99, worst second)", ({ server }) => (server?.lagP99Ms ? ms(server.lagP99Ms) : "not told")],
];

const SOAK: Row[] = (["memory", "p99", "event loop"] as const).map((name) => [
	{ memory: "The server's memory", p99: "p99 of the fan-out", "event loop": "Event loop late by (p99)" }[name],
	({ trends }) => {
		const trend = trends?.find((one) => one.name === name);
		return trend ? `${trend.verdict}: ${perHour(trend)}` : "not told";
	},
]);

const GENERATOR: Row[] = [
	["Threads", ({ generator }) => count(generator.threads)],
	["Busiest thread", ({ generator }) => `${percent(generator.utilization)} busy`],
	["Sent late by itself (p99)", ({ generator }) => ms(generator.latenessP99Ms)],
	["Event loop late by (p99, worst second)", ({ generator }) => ms(generator.lagP99Ms)],
	["CPU a delivery, everything included", ({ generator }) => `${count(generator.cpuUsPerDelivery)} µs`],
	["Of that, the books", ({ generator }) => `${count(generator.bookkeepingUsPerDelivery)} µs`],
	["Memory", ({ generator }) => `${count(generator.rssMb)} MB`],
	["Cores of its own", ({ generator }) => (generator.pinned ? "yes" : "no")],
];

const LOAD: Row[] = [
	["Users", ({ load }) => count(load.users)],
	["Users who got in", ({ arrivals }) => count(arrivals.joined)],
	["Rooms", ({ load }) => count(load.rooms)],
	["Messages a second in each room", ({ load }) => count(load.rate)],
	["Speakers in each room", ({ load }) => (load.speakers === 0 ? "everybody" : count(load.speakers))],
	["Turns", ({ load }) => load.pace],
	["Characters of a message", ({ load }) => count(load.chars)],
	["Arrivals a second", ({ load }) => count(load.arrivals)],
	["Seconds of talk", ({ load }) => count(load.duration)],
	["Transport", ({ load }) => load.transport],
	["Goal", ({ load }) => `p99 of the fan-out ${ms(load.p99)}, errors ${load.errors} %, nothing lost`],
];

const CIRCUMSTANCES: Row[] = [
	["Run", ({ run }) => run],
	["Profile", ({ profile }) => profile.name],
	["Target", deployment],
	["Measured over", ({ target }) => target.path],
	["Build", ({ target }) => target.build],
	["Began", ({ startedAt }) => new Date(startedAt).toUTCString()],
	["Generator's machine", ({ machine }) => `${machine.cpus} × ${machine.model}, ${count(machine.memoryGb)} GB`],
	["System", ({ machine }) => `${machine.os}, Node ${machine.node}`],
];

function latencyTables(results: Result[]): string {
	const names = MEASURE_NAMES.filter((name) => results.some(({ latency }) => latency[name]));
	const head = PERCENTILES.map((at) => `<th>${at === "p999" ? "p99.9" : at}</th>`).join("");
	const body = names.flatMap((name) =>
		results.map(({ latency, run }, index) => {
			const summary = latency[name];
			const cells = PERCENTILES.map((at) => `<td>${summary ? ms(summary[at]) : "–"}</td>`).join("");
			const title = index === 0 ? MEASURES[name] : `… in the older run ${run}`;
			return `<tr><th scope="row">${escapeHtml(title)}</th>${cells}</tr>`;
		}),
	);
	return `<div class="matter across wide"><h3>Latency</h3><div class="scroll"><table><thead><tr><td></td>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div></div>`;
}

/** Each server by itself, where there are several. */
function serverTable({ servers }: Result): string {
	if (servers.length < 2) return "";
	const body = servers.map(({ name, cpuCores, cpuCoresMax, rssMaxMb, lagP99Ms }) => {
		const cells = [
			percent(cpuCores),
			percent(cpuCoresMax),
			`${count(rssMaxMb)} MB`,
			lagP99Ms === null ? "not told" : ms(lagP99Ms),
		];
		return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
	});
	const head = "<tr><td></td><th>of a core</th><th>busiest second</th><th>memory</th><th>event loop late by</th></tr>";
	return `<div class="matter across"><h3>Each server</h3><div class="scroll many"><table><thead>${head}</thead><tbody>${body.join("")}</tbody></table></div></div>`;
}

function errorTable(results: Result[]): string {
	const causes = [...new Set(results.flatMap(({ errors }) => Object.keys(errors)))];
	const rows = causes.map((cause): Row => [cause, ({ errors }) => count(errors[cause] ?? 0)]);
	return table("Errors", results, [
		["Share of the requests", ({ errorPercent }) => percent(errorPercent / 100)],
		...rows,
	]);
}

function table(title: string, results: Result[], rows: Row[]): string {
	const head =
		results.length > 1
			? `<thead><tr><td></td><th>this run</th><th>run ${escapeHtml(results[1]!.run)}</th></tr></thead>`
			: "";
	const body = rows.map(([name, value]) => {
		const cells = results.map((result) => `<td>${escapeHtml(value(result))}</td>`).join("");
		return `<tr><th scope="row">${escapeHtml(name)}</th>${cells}</tr>`;
	});
	return `<div class="matter"><h3>${title}</h3><div class="scroll"><table${results.length > 1 ? ' class="compared"' : ""}>${head}<tbody>${body.join("")}</tbody></table></div></div>`;
}
