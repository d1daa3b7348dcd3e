import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Chart } from "./chart.ts";
import { escapeHtml, scriptJson } from "./escape.ts";

const { resolve } = createRequire(import.meta.url);
const FOLDER = join(import.meta.dirname, "page");

/** How the answer looks: green, red, or amber for one that is none. */
export type State = "passed" | "failed" | "invalid";

/** The answer, at the head of the page. */
export function header(state: State, label: string, sentence: string, reasons: string[], where: string): string {
	const items = reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join("");
	return `<header class="${state}">
<p class="state">${escapeHtml(label)}</p>
<h1>${escapeHtml(sentence)}</h1>
${items && `<ul>${items}</ul>`}
<p class="where">${escapeHtml(where)}</p>
</header>`;
}

export function figures(charts: Chart[]): string {
	return charts
		.map(({ id, title, text }) => {
			const caption = `<figcaption><b>${escapeHtml(title)}</b> ${escapeHtml(text)}</figcaption>`;
			return `<figure>${caption}<div id="${id}"></div></figure>`;
		})
		.join("\n");
}

/** A page that needs nothing but itself: style, charts and the library that draws them are inside. */
export function page(title: string, body: string, charts: Chart[]): string {
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
${readFileSync(resolve("uplot/dist/uPlot.min.css"), "utf8")}
${readFileSync(join(FOLDER, "style.css"), "utf8")}
</style>
<main>
${body}
</main>
<script type="application/json" id="charts">${scriptJson(charts)}</script>
<script>
${readFileSync(resolve("uplot/dist/uPlot.iife.min.js"), "utf8")}
${readFileSync(join(FOLDER, "draw.js"), "utf8")}
</script>
</html>
`;
}
