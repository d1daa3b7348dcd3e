import { count, ms, percent } from "../kit/report.ts";
import { type Chart, figures, header, htmlTable, page, type State } from "../report/page.ts";
import type { Result } from "../report/result.ts";
import { stateOf, whereAndWhen } from "../report/run-page.ts";
import type { Capacity } from "./capacity.ts";

const HEAD = ["users", "messages/s", "deliveries/s", "p99", "lost", "errors", "server", "generator", "outcome"];

/** Returns the report of a search: the result, its charts, and every size that was tried. */
export function capacityPage({ users, isAtLeast, limits, held, broke, sentence }: Capacity, runs: Result[]): string {
	const charts = capacityCharts(runs);
	const [state, label]: [State, string] =
		users === 0 ? ["failed", "goal missed"] : isAtLeast ? ["invalid", "at least"] : ["passed", "found"];
	const fly = limits
		? `<p>For <code>fly.toml</code>, per machine, under <code>[http_service.concurrency]</code>:</p>
<pre>type = "connections"
soft_limit = ${limits.soft_limit}
hard_limit = ${limits.hard_limit}</pre>`
		: "";
	const links = [
		...(held ? [`<a href="held.html">the greatest load that held</a>`] : []),
		...(broke ? [`<a href="broke.html">the smallest that did not</a>`] : []),
	];
	const body = `${header(state, label, sentence, [], whereAndWhen(runs[0]!))}
${fly}
<section>
<h2>By size</h2>
${figures(charts)}
<p>Per second: ${links.join(", ")}.</p>
</section>
<section>
<h2>Every size that was tried</h2>
<div class="scroll many">${htmlTable(HEAD, runs.map(row))}</div>
</section>`;
	return page(`Capacity: ${count(users)} users`, body, charts);
}

function capacityCharts(runs: Result[]): Chart[] {
	const sorted = runs.toSorted((a, b) => a.load.users - b.load.users);
	const bySize = { x: sorted.map(({ load }) => load.users), xLabel: "users" };
	const p99 = sorted.map(({ latency }) => latency.fanout?.p99 ?? null);
	const deliveries = sorted.map(({ throughput }) => throughput.deliveriesPerS);
	const cores = sorted.map(({ server }) => server?.cpuCores ?? null);
	return [
		{
			...bySize,
			id: "latency",
			title: "Fan-out latency",
			text: "The p99 at each size, and the goal.",
			unit: "ms",
			series: [
				{ label: "p99", paint: "two", points: true, values: p99 },
				{ label: "goal", paint: "three", dash: true, values: sorted.map(({ load }) => load.p99) },
			],
		},
		{
			...bySize,
			id: "load",
			title: "Deliveries and CPU",
			text: "Deliveries to members, and the server's cores in use.",
			unit: "deliveries/s",
			series: [
				{ label: "deliveries/s", paint: "one", points: true, values: deliveries },
				{ label: "server's cores", paint: "two", right: true, values: cores },
			],
		},
	];
}

function row(run: Result): string[] {
	const { load, throughput, latency, accounting, errorPercent, server, generator } = run;
	return [
		count(load.users),
		count(throughput.sentPerS),
		count(throughput.deliveriesPerS),
		latency.fanout ? ms(latency.fanout.p99) : "–",
		count(accounting.lost),
		percent(errorPercent / 100),
		server ? percent(server.cpuCores) : "–",
		percent(generator.utilization),
		{ passed: "held", failed: "broke", invalid: "inconclusive" }[stateOf(run)],
	];
}
