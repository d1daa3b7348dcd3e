import type { Chart } from "../report/chart.ts";
import { escapeHtml } from "../report/escape.ts";
import { count, ms, percent } from "../report/figures.ts";
import { figures, header, page, type State } from "../report/page.ts";
import type { Result } from "../report/result.ts";
import { stateOf, whereAndWhen } from "../report/run-page.ts";
import type { Answer } from "./answer.ts";

/** The report of a search: the answer, the curve that led to it, and every size that was tried. */
export function capacityPage(answer: Answer, runs: Result[]): string {
	const charts = capacityCharts(runs);
	const [state, label]: [State, string] =
		answer.users === 0 ? ["failed", "nothing held"] : answer.isAtLeast ? ["invalid", "at least"] : ["passed", "found"];
	const limits = answer.limits
		? `<p>For <code>fly.toml</code>, for each machine, under <code>[http_service.concurrency]</code>:</p>
<pre>type = "connections"
soft_limit = ${answer.limits.soft_limit}
hard_limit = ${answer.limits.hard_limit}</pre>`
		: "";
	const links = [
		...(answer.held ? [`<a href="held.html">the greatest load that held</a>`] : []),
		...(answer.broke ? [`<a href="broke.html">the smallest that did not</a>`] : []),
	];
	const body = `${header(state, label, answer.sentence, [], whereAndWhen(runs[0]!))}
${limits}
<section>
<h2>What it rests on</h2>
${figures(charts)}
<p>Second by second: ${links.join(", ")}.</p>
</section>
<section>
<h2>Every size that was tried</h2>
<div class="scroll many"><table><thead><tr><td>users</td><th>messages/s</th><th>deliveries/s</th><th>p99</th><th>lost</th><th>errors</th><th>server</th><th>generator</th><th>outcome</th></tr></thead>
<tbody>${runs.map(row).join("")}</tbody></table></div>
</section>`;
	return page(`Capacity: ${count(answer.users)} users`, body, charts);
}

function capacityCharts(runs: Result[]): Chart[] {
	const sorted = runs.toSorted((a, b) => a.load.users - b.load.users);
	const x = sorted.map(({ load }) => load.users);
	const bySize = { x, xLabel: "users" };
	return [
		{
			...bySize,
			id: "latency",
			title: "Fan-out latency",
			text: "The p99 at each size, and the goal.",
			unit: "ms",
			series: [
				{ label: "p99", paint: "two", points: true, values: sorted.map(({ latency }) => latency.fanout?.p99 ?? null) },
				{ label: "goal", paint: "three", dash: true, values: sorted.map(({ load }) => load.p99) },
			],
		},
		{
			...bySize,
			id: "load",
			title: "Deliveries and CPU",
			text: "What reached the members, and what the server needed for it.",
			unit: "deliveries/s",
			series: [
				{
					label: "deliveries/s",
					paint: "one",
					points: true,
					values: sorted.map((run) => run.throughput.deliveriesPerS),
				},
				{
					label: "server's cores",
					paint: "two",
					right: true,
					values: sorted.map(({ server }) => server?.cpuCores ?? null),
				},
			],
		},
	];
}

function row(run: Result): string {
	const { load, throughput, latency, accounting, errorPercent, server, generator } = run;
	const cells = [
		count(throughput.sentPerS),
		count(throughput.deliveriesPerS),
		latency.fanout ? ms(latency.fanout.p99) : "–",
		count(accounting.lost),
		percent(errorPercent / 100),
		server ? percent(server.cpuCores) : "–",
		percent(generator.utilization),
		{ passed: "held", failed: "broke", invalid: "not to be told" }[stateOf(run)],
	];
	const data = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
	return `<tr><th scope="row">${count(load.users)}</th>${data}</tr>`;
}
