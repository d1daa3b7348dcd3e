import type { Chart, Series } from "./page.ts";
import type { Result, SecondReport, Trend } from "./result.ts";

type Column = Exclude<keyof SecondReport, "t">;
type Paint = Series["paint"];

/** Returns the figures of a run over time; the lines of an older run are dashed. */
export function runCharts(result: Result, older?: Result): Chart[] {
	const { seconds } = result;
	const x = seconds.map(({ t }) => t);
	const olderSeconds = new Map(older?.seconds.map((second) => [second.t, second]));
	const now = (label: string, paint: Paint, column: Column, more: Partial<Series> = {}): Series => ({
		label,
		paint,
		values: seconds.map((second) => second[column]),
		...more,
	});
	const then = (label: string, paint: Paint, column: Column): Series[] =>
		older ? [{ label, paint, dash: true, values: x.map((t) => olderSeconds.get(t)?.[column] ?? null) }] : [];
	const trend = (name: Trend["name"], label: string, paint: Paint, more: Partial<Series> = {}): Series[] => {
		const line = result.trends?.find((one) => one.name === name)?.line;
		if (!line) return [];
		const at = (t: number) => line.from + ((line.to - line.from) * (t - line.fromS)) / (line.toS - line.fromS);
		const values = x.map((t) => (t >= line.fromS && t <= line.toS ? at(t) : null));
		return [{ label, paint, dash: true, values, ...more }];
	};
	const chart = (id: string, title: string, text: string, unit: string, series: Series[]): Chart => {
		return { id, title, text, x, xLabel: "seconds since the first send", unit, series };
	};

	const latency = chart("latency", "Fan-out latency", "From the intended send to each member, per second.", "ms", [
		now("max", "three", "max"),
		now("p99", "two", "p99"),
		now("p50", "one", "p50"),
		...trend("p99", "p99, trend", "one"),
		...then("p99, older run", "two", "p99"),
	]);
	// Nothing is sent while users join, which can take longer than the sending.
	const before = seconds.filter(({ t }) => t < 0).length;
	latency.x = x.slice(before);
	for (const series of latency.series) series.values = series.values.slice(before);
	const server = [
		chart("server", "Server", "Cores in use, and the lag of the event loop.", "cores", [
			now("cores in use", "one", "serverCores", { fill: true }),
			now("event loop lag (ms, p99)", "two", "serverLagMs", { right: true }),
			...trend("event loop", "lag, trend", "three", { right: true }),
			...then("cores, older run", "one", "serverCores"),
		]),
		chart("memory", "Server memory", "The resident set.", "MB", [
			now("resident set", "one", "serverRssMb", { fill: true }),
			...trend("memory", "trend", "two"),
			...then("older run", "one", "serverRssMb"),
		]),
	];
	return [
		latency,
		chart("throughput", "Deliveries per second", "Deliveries to members, and the users in their rooms.", "deliveries", [
			now("deliveries", "one", "deliveries", { fill: true }),
			now("users", "two", "users", { right: true }),
			...then("deliveries, older run", "one", "deliveries"),
		]),
		...(result.server ? server : []),
		chart(
			"generator",
			"Generator",
			"Utilization of its busiest thread. While users join, Artillery's clock keeps it busy; while messages are sent, " +
				"near 100 % it would measure itself.",
			"% busy",
			[
				{ label: "busy", paint: "one", fill: true, values: seconds.map((second) => 100 * second.generatorUtilization) },
				now("event loop lag (ms, p99)", "two", "generatorLagMs", { right: true }),
			],
		),
	];
}
