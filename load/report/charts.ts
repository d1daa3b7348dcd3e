import type { Chart, Series } from "./chart.ts";
import type { Result, SecondReport, Trend } from "./result.ts";

type Column = Exclude<keyof SecondReport, "t">;

/** What a run rests on, over time; an older run's lines are dashed. */
export function runCharts(result: Result, older?: Result): Chart[] {
	const { seconds } = result;
	const x = seconds.map(({ t }) => t);
	const talk = seconds.filter(({ t }) => t >= 0);
	const olderSeconds = new Map(older?.seconds.map((second) => [second.t, second]));
	const now = (label: string, paint: Series["paint"], column: Column, more: Partial<Series> = {}): Series => ({
		label,
		paint,
		values: seconds.map((second) => second[column]),
		...more,
	});
	const then = (label: string, paint: Series["paint"], column: Column): Series[] =>
		older ? [{ label, paint, dash: true, values: x.map((t) => olderSeconds.get(t)?.[column] ?? null) }] : [];
	const whileTalking = (series: Series): Series => ({
		...series,
		values: series.values.slice(seconds.length - talk.length),
	});
	const trend = (name: Trend["name"], label: string, paint: Series["paint"], more: Partial<Series> = {}): Series[] => {
		const line = result.trends?.find((one) => one.name === name)?.line;
		if (!line) return [];
		const at = (t: number) => line.from + ((line.to - line.from) * (t - line.fromS)) / (line.toS - line.fromS);
		const values = x.map((t) => (t >= line.fromS && t <= line.toS ? at(t) : null));
		return [{ label, paint, dash: true, values, ...more }];
	};
	const overTime = { x, xLabel: "seconds of talk" };

	const latency: Chart = {
		...overTime,
		// Nobody speaks while people arrive, which can take longer than the talk.
		x: talk.map(({ t }) => t),
		id: "latency",
		title: "Fan-out latency",
		text: "From the intended send to each member, second by second.",
		unit: "ms",
		series: [
			now("max", "three", "max"),
			now("p99", "two", "p99"),
			now("p50", "one", "p50"),
			...trend("p99", "p99, its trend", "one"),
			...then("p99, older run", "two", "p99"),
		].map(whileTalking),
	};
	const throughput: Chart = {
		...overTime,
		id: "throughput",
		title: "Deliveries a second",
		text: "What reached the members, and how many people were in their rooms.",
		unit: "deliveries",
		series: [
			now("deliveries", "one", "deliveries", { fill: true }),
			now("users", "two", "users", { right: true }),
			...then("deliveries, older run", "one", "deliveries"),
		],
	};
	const server: Chart = {
		...overTime,
		id: "server",
		title: "The server",
		text: "Cores in use, and how late its event loop was.",
		unit: "cores",
		series: [
			now("cores in use", "one", "serverCores", { fill: true }),
			now("event loop late (ms, p99)", "two", "serverLagMs", { right: true }),
			...trend("event loop", "its trend", "three", { right: true }),
			...then("cores, older run", "one", "serverCores"),
		],
	};
	const memory: Chart = {
		...overTime,
		id: "memory",
		title: "The server's memory",
		text: "What it held of the machine's.",
		unit: "MB",
		series: [
			now("resident set", "one", "serverRssMb", { fill: true }),
			...trend("memory", "its trend", "two"),
			...then("older run", "one", "serverRssMb"),
		],
	};
	const generator: Chart = {
		...overTime,
		id: "generator",
		title: "The generator",
		text:
			"How busy its busiest thread was. While people arrive, Artillery's clock keeps it busy; " +
			"while they talk, near 100 % it would measure itself.",
		unit: "% busy",
		series: [
			{ label: "busy", paint: "one", fill: true, values: seconds.map((second) => 100 * second.generatorUtilization) },
			now("event loop late (ms, p99)", "two", "generatorLagMs", { right: true }),
		],
	};
	return [latency, throughput, ...(result.server ? [server, memory] : []), generator];
}
