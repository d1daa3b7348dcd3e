import type { Mix } from "../command-line/mix.ts";
import { count, ms, percent } from "../kit/report.ts";
import { ENTRY_KINDS } from "../ledger/entry-kinds.ts";
import { MEASURE_NAMES, MEASURES } from "../measure/measures.ts";
import { htmlTable } from "./page.ts";
import type { Result, ServerReport, Trend } from "./result.ts";
import { deployment, perHour } from "./wording.ts";

/** A row of a table: its name, and its value in each of the compared runs. */
type Row = [name: string, value: (result: Result) => string];

const PERCENTILES = ["p50", "p95", "p99", "p999", "max"] as const;
const NONE = "not reported";

/** Returns the figures: a table per subject, with a column per run if two are compared. */
export function figureTables(results: Result[]): string {
	return [
		latencyTable(results),
		serversTable(results[0]!),
		kindsTable(results),
		table("Ledger", results, ledgerRows(results)),
		table("Throughput", results, throughputRows(results)),
		table("Errors", results, errorRows(results)),
		table(results.some(({ servers }) => servers.length > 1) ? "All servers" : "Server", results, SERVER),
		...(results.some(({ trends }) => trends) ? [table("Soak: the second half of the run", results, SOAK)] : []),
		table("Generator", results, GENERATOR),
		table("Load", results, hasChanges(results) ? [...LOAD, ...MIX] : LOAD),
		table("Where and when", results, CIRCUMSTANCES),
	].join("\n");
}

function ledgerRows(results: Result[]): Row[] {
	const acked: Row = [`${entriesIn(results)} acknowledged`, ({ accounting }) => count(accounting.acked)];
	return [acked, ...LEDGER, ...(hasChanges(results) ? STATES : [])];
}

function throughputRows(results: Result[]): Row[] {
	return [[`${entriesIn(results)} per second`, ({ throughput }) => count(throughput.sentPerS)], ...THROUGHPUT];
}

function entriesIn(results: Result[]): string {
	return hasChanges(results) ? "Messages and changes" : "Messages";
}

/** Whether a profile with a mix is among them. */
function hasChanges(results: Result[]): boolean {
	return results.some(({ states }) => states);
}

const LEDGER: Row[] = [
	["Deliveries owed", ({ accounting }) => count(accounting.owed)],
	["Deliveries received", ({ accounting }) => count(accounting.delivered)],
	["Lost", ({ accounting }) => count(accounting.lost)],
	["Duplicated", ({ accounting }) => count(accounting.duplicated)],
	["Out of order", ({ accounting }) => count(accounting.outOfOrder)],
	["Altered", ({ accounting }) => count(accounting.altered)],
	["Scheduled sends that were sent", ({ turns }) => `${count(turns.taken)} of ${count(turns.planned)}`],
];

/** Of profiles with a mix. */
const STATES: Row[] = [
	["Changes refused, the message being removed", ({ accounting }) => count(accounting.tooLate ?? 0)],
	["Changes refused without a reason", ({ accounting }) => count(accounting.refused ?? 0)],
	["Files uploaded", ({ accounting: { files } }) => amount(files?.uploaded, files?.uploadedBytes)],
	[
		"Files downloaded by members, each compared by its hash",
		({ accounting: { files } }) => amount(files?.downloaded, files?.downloadedBytes),
	],
	["Files that differ", ({ accounting: { files } }) => count(files?.altered ?? 0)],
	["Files not found, the message being removed", ({ accounting: { files } }) => count(files?.tooLate ?? 0)],
	["Files not found without a reason", ({ accounting: { files } }) => count(files?.lost ?? 0)],
	["Users whose state was compared", ({ states }) => (states ? count(states.users) : NONE)],
	["Messages compared with the history", ({ states }) => (states ? count(states.messages) : NONE)],
	["Messages that differ", ({ states }) => (states ? count(states.differing) : NONE)],
];

/** Returns a number of files and their size. A run of an older version has none. */
function amount(files = 0, bytes = 0): string {
	return files === 0 ? "0" : `${count(files)}, ${count(bytes / 1_000_000)} MB`;
}

const THROUGHPUT: Row[] = [
	["Deliveries per second", ({ throughput }) => count(throughput.deliveriesPerS)],
	[
		"Bytes per delivery",
		({ throughput }) => (throughput.bytesPerDelivery === null ? NONE : count(throughput.bytesPerDelivery)),
	],
];

const SERVER: Row[] = [
	serverRow("CPU, average", ({ cpuCores }) => `${percent(cpuCores)} of a core`),
	serverRow("CPU, busiest second of one server", ({ cpuCoresMax }) => `${percent(cpuCoresMax)} of a core`),
	serverRow("CPU per delivery", ({ cpuUsPerDelivery }) => `${count(cpuUsPerDelivery)} µs`),
	serverRow("Memory, maximum", ({ rssMaxMb }) => `${count(rssMaxMb)} MB`),
	serverRow("Event loop lag (p99, worst second)", ({ lagP99Ms }) => (lagP99Ms === null ? NONE : ms(lagP99Ms))),
];

function serverRow(name: string, value: (server: ServerReport) => string): Row {
	return [name, ({ server }) => (server ? value(server) : NONE)];
}

const SOAK: Row[] = [
	soakRow("Server memory", "memory"),
	soakRow("p99 of the fan-out", "p99"),
	soakRow("Event loop lag (p99)", "event loop"),
];

function soakRow(title: string, name: Trend["name"]): Row {
	return [
		title,
		({ trends }) => {
			const trend = trends?.find((one) => one.name === name);
			return trend ? `${trend.verdict}: ${perHour(trend)}` : NONE;
		},
	];
}

const GENERATOR: Row[] = [
	["Threads", ({ generator }) => count(generator.threads)],
	["Busiest thread", ({ generator }) => `${percent(generator.utilization)} busy`],
	["Lateness of its sends (p99)", ({ generator }) => ms(generator.latenessP99Ms)],
	["Event loop lag (p99, worst second)", ({ generator }) => ms(generator.lagP99Ms)],
	["CPU per delivery, in all", ({ generator }) => `${count(generator.cpuUsPerDelivery)} µs`],
	["CPU per delivery, for the ledger", ({ generator }) => `${count(generator.bookkeepingUsPerDelivery)} µs`],
	["Memory", ({ generator }) => `${count(generator.rssMb)} MB`],
	["Cores of its own", ({ generator }) => (generator.pinned ? "yes" : "no")],
];

const LOAD: Row[] = [
	["Users", ({ load }) => count(load.users)],
	["Users who joined", ({ arrivals }) => count(arrivals.joined)],
	["Rooms", ({ load }) => count(load.rooms)],
	["Messages per second in each room", ({ load }) => count(load.rate)],
	["Speakers in each room", ({ load }) => (load.speakers === 0 ? "all" : count(load.speakers))],
	["Sends", ({ load }) => load.pace],
	["Characters per message", ({ load }) => count(load.chars)],
	["Arrivals per second", ({ load }) => count(load.arrivals)],
	["Seconds of sending", ({ load }) => count(load.duration)],
	["Transport", ({ load }) => load.transport],
	["Goal", ({ load }) => `p99 of the fan-out ${ms(load.p99)}, errors ${load.errors} %, nothing lost`],
];

const MIX: Row[] = [
	["Sizes of the rooms", ({ load }) => load.sizes ?? "equal"],
	["What users do", ({ load }) => mixText(load.mix)],
];

const CIRCUMSTANCES: Row[] = [
	["Run", ({ run }) => run],
	["Profile", ({ profile }) => profile.name],
	["Target", deployment],
	["Measured over", ({ target }) => target.path],
	["Build", ({ target }) => target.build],
	["Started", ({ startedAt }) => new Date(startedAt).toUTCString()],
	["Generator's machine", ({ machine }) => `${machine.cpus} × ${machine.model}, ${count(machine.memoryGb)} GB`],
	["System", ({ machine }) => `${machine.os}, Node ${machine.node}`],
];

function errorRows(results: Result[]): Row[] {
	const causes = [...new Set(results.flatMap(({ errors }) => Object.keys(errors)))];
	return [
		["Share of the requests", ({ errorPercent }) => percent(errorPercent / 100)],
		...causes.map((cause): Row => [cause, ({ errors }) => count(errors[cause] ?? 0)]),
	];
}

function mixText(mix: Mix | null | undefined): string {
	const shares = Object.entries(mix ?? {}).filter(([, share]) => share > 0);
	return shares.length === 0
		? "as the scenario says"
		: shares.map(([action, share]) => `${action} ${share}`).join(", ");
}

/** What was sent of each kind, where there are others than messages. */
function kindsTable(results: Result[]): string {
	if (!hasChanges(results)) return "";
	const rows = ENTRY_KINDS.flatMap((kind) =>
		results.map(({ accounting, run }, index) => {
			const { acked = 0, delivered = 0, lost = 0 } = accounting.kinds?.[kind] ?? {};
			return [index === 0 ? kind : `… in the older run ${run}`, count(acked), count(delivered), count(lost)];
		}),
	);
	return section("Kinds of entries", "across", "", htmlTable(["", "acknowledged", "received", "lost"], rows));
}

function latencyTable(results: Result[]): string {
	const names = MEASURE_NAMES.filter((name) => results.some(({ latency }) => latency[name]));
	const head = ["", ...PERCENTILES.map((at) => (at === "p999" ? "p99.9" : at))];
	const rows = names.flatMap((name) =>
		results.map(({ latency, run }, index) => {
			const summary = latency[name];
			const title = index === 0 ? MEASURES[name] : `… in the older run ${run}`;
			return [title, ...PERCENTILES.map((at) => (summary ? ms(summary[at]) : "–"))];
		}),
	);
	return section("Latency", "across wide", "", htmlTable(head, rows));
}

/** Each server by itself, if there are several. */
function serversTable({ servers }: Result): string {
	if (servers.length < 2) return "";
	const rows = servers.map(({ name, cpuCores, cpuCoresMax, rssMaxMb, lagP99Ms }) => {
		const lag = lagP99Ms === null ? NONE : ms(lagP99Ms);
		return [name, percent(cpuCores), percent(cpuCoresMax), `${count(rssMaxMb)} MB`, lag];
	});
	const head = ["", "of a core", "busiest second", "memory", "event loop lag"];
	return section("Each server", "across", " many", htmlTable(head, rows));
}

function table(title: string, results: Result[], rows: Row[]): string {
	const isCompared = results.length > 1;
	const head = isCompared ? ["", "this run", `run ${results[1]!.run}`] : [];
	const cells = rows.map(([name, value]) => [name, ...results.map(value)]);
	return section(title, "", "", htmlTable(head, cells, isCompared ? ' class="compared"' : ""));
}

function section(title: string, layout: string, scroll: string, content: string): string {
	return `<div class="matter ${layout}"><h3>${title}</h3><div class="scroll${scroll}">${content}</div></div>`;
}
