import { count, escapeHtml, ms, percent } from "../kit/report.ts";
import { onPath } from "../target/path.ts";
import { runCharts } from "./charts.ts";
import { figures, header, page, type State } from "./page.ts";
import type { Result } from "./result.ts";
import { figureTables } from "./tables.ts";
import { deployment } from "./wording.ts";

/** Returns the report of a run as one file: the outcome, the charts, and the figures. */
export function runPage(result: Result, older?: Result): string {
	const charts = runCharts(result, older);
	const { verdict, profile } = result;
	const state = stateOf(result);
	const reasons = [...verdict.failures, ...verdict.doubts];
	const body = `${header(state, state, verdict.sentence, reasons, whereAndWhen(result))}
${tiles(result)}
<section>
<h2>Over time</h2>
${figures(charts)}
</section>
<section>
<h2>Figures</h2>
<div class="figures">
${figureTables(older ? [result, older] : [result])}
</div>
${faults(result)}
</section>`;
	return page(`${state}: ${profile.name}, ${count(result.load.users)} users`, body, charts);
}

export function stateOf({ verdict }: Result): State {
	return verdict.passed ? "passed" : verdict.valid ? "failed" : "invalid";
}

export function whereAndWhen(result: Result): string {
	const { profile, startedAt } = result;
	return `Profile ${profile.name} against ${deployment(result)}, ${onPath(result.target.path)}. ${new Date(startedAt).toUTCString()}.`;
}

function tiles({ latency, throughput, accounting, server, servers, generator }: Result): string {
	const faults = accounting.lost + accounting.duplicated + accounting.outOfOrder + accounting.altered;
	const servedBy = servers.length === 1 ? "the server" : `the ${servers.length} servers`;
	const all: [figure: string, name: string][] = [
		[latency.fanout ? ms(latency.fanout.p99) : "–", "p99 of the fan-out"],
		[count(throughput.deliveriesPerS), "deliveries per second"],
		[count(faults), `faults in ${count(accounting.owed)} deliveries`],
		[server ? percent(server.cpuCores) : "–", server ? `of a core: ${servedBy}` : "the server hides its metrics"],
		[percent(generator.utilization), "busy: the generator"],
	];
	const items = all.map(([figure, name]) => `<div><dd>${escapeHtml(figure)}</dd><dt>${escapeHtml(name)}</dt></div>`);
	return `<dl class="tiles">${items.join("")}</dl>`;
}

function faults({ accounting, states }: Result): string {
	const all = [...accounting.faults, ...(states?.sentences ?? [])];
	if (all.length === 0) return "";
	const items = all.map((fault) => `<li>${escapeHtml(fault)}</li>`).join("");
	return `<h3>The first faults</h3><ul>${items}</ul>`;
}
