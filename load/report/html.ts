import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { escapeHtml, scriptJson } from "./escape.ts";
import { count, ms, percent } from "./figures.ts";
import type { Result } from "./result.ts";
import { figureTables } from "./tables.ts";

const { resolve } = createRequire(import.meta.url);
const PAGE = join(import.meta.dirname, "page");

/** The report as one file that needs no network: the answer, what it rests on, and the raw figures. */
export function reportHtml(result: Result, older?: Result): string {
	const results = older ? [result, older] : [result];
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(`${state(result)}: ${result.profile.name}, ${count(result.load.users)} users`)}</title>
<style>
${readFileSync(resolve("uplot/dist/uPlot.min.css"), "utf8")}
${readFileSync(join(PAGE, "style.css"), "utf8")}
</style>
<main>
${answer(result)}
${tiles(result)}
<section>
<h2>What it rests on</h2>
${charts(result)}
</section>
<section>
<h2>The figures</h2>
<div class="figures">
${figureTables(results)}
</div>
${faults(result)}
</section>
</main>
<script type="application/json" id="results">${scriptJson(results)}</script>
<script>
${readFileSync(resolve("uplot/dist/uPlot.iife.min.js"), "utf8")}
${readFileSync(join(PAGE, "charts.js"), "utf8")}
</script>
</html>
`;
}

function state({ verdict }: Result): "passed" | "failed" | "invalid" {
	return verdict.passed ? "passed" : verdict.valid ? "failed" : "invalid";
}

function answer(result: Result): string {
	const { verdict, profile, target, startedAt } = result;
	const reasons = [...verdict.doubts, ...verdict.failures].map((reason) => `<li>${escapeHtml(reason)}</li>`).join("");
	const where = target.isOurs ? "a server of our own" : target.url;
	const when = new Date(startedAt).toUTCString();
	return `<header class="${state(result)}">
<p class="state">${state(result)}</p>
<h1>${escapeHtml(verdict.sentence)}</h1>
${reasons && `<ul>${reasons}</ul>`}
<p class="where">${escapeHtml(`Profile ${profile.name} against ${where}, over ${target.path === "this machine" ? "" : "the "}${target.path}. ${when}.`)}</p>
</header>`;
}

function tiles({ latency, throughput, accounting, server, generator }: Result): string {
	const faults = accounting.lost + accounting.duplicated + accounting.outOfOrder + accounting.altered;
	const all: [figure: string, name: string][] = [
		[latency.fanout ? ms(latency.fanout.p99) : "–", "p99 of the fan-out"],
		[count(throughput.deliveriesPerS), "deliveries a second"],
		[count(faults), `faults in ${count(accounting.owed)} deliveries`],
		[server ? percent(server.cpuCores) : "–", server ? "of a core: the server" : "the server hides its metrics"],
		[percent(generator.utilization), "busy: the generator"],
	];
	const items = all.map(([figure, name]) => `<div><dd>${escapeHtml(figure)}</dd><dt>${escapeHtml(name)}</dt></div>`);
	return `<dl class="tiles">${items.join("")}</dl>`;
}

function charts({ server }: Result): string {
	const all = [
		["latency", "Fan-out latency", "From the intended send to each member, in milliseconds, second by second."],
		["throughput", "Deliveries a second", "What reached the members, and how many people were in their rooms."],
		...(server ? [["server", "The server", "Cores in use, and how late its event loop was."]] : []),
		...(server ? [["memory", "The server's memory", "Resident set, in megabytes."]] : []),
		[
			"generator",
			"The generator",
			"How busy its busiest thread was. While people arrive Artillery's clock keeps it busy; while they talk, near 100 % it measures itself.",
		],
	];
	return all
		.map(
			([id, title, text]) => `<figure><figcaption><b>${title}</b> ${text}</figcaption><div id="${id}"></div></figure>`,
		)
		.join("\n");
}

function faults({ accounting }: Result): string {
	if (accounting.faults.length === 0) return "";
	const items = accounting.faults.map((fault) => `<li>${escapeHtml(fault)}</li>`).join("");
	return `<h3>The first faults</h3><ul>${items}</ul>`;
}
