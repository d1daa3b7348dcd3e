import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { escapeHtml } from "../kit/report.ts";

const { resolve } = createRequire(import.meta.url);
const FOLDER = join(import.meta.dirname, "page");

/** The outcome that the page's head shows: green, red, or amber for an inconclusive run. */
export type State = "passed" | "failed" | "invalid";

/** A line of a chart. `paint` is one of the page's colours. */
export type Series = {
	label: string;
	paint: "one" | "two" | "three";
	/** One value for each of the chart's `x`; null for none. */
	values: (number | null)[];
	fill?: boolean;
	dash?: boolean;
	points?: boolean;
	/** Whether it has a scale of its own, on the right. */
	right?: boolean;
};

/** A chart as the page's script draws it. */
export type Chart = {
	id: string;
	title: string;
	text: string;
	x: number[];
	xLabel: string;
	/** Of the scale on the left. */
	unit: string;
	series: Series[];
};

/** Returns the head of the page: the outcome and its reasons. */
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

/** Returns a table; `head` and `rows` are cells of text, the first of each row is its heading. */
export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[], attributes = ""): string {
	const cells = (tag: string, texts: readonly string[]) =>
		texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join("");
	const [corner = "", ...headings] = head;
	const body = rows.map(([name = "", ...values]) => {
		return `<tr><th scope="row">${escapeHtml(name)}</th>${cells("td", values)}</tr>`;
	});
	const headRow = head.length > 0 ? `<thead><tr>${cells("td", [corner])}${cells("th", headings)}</tr></thead>` : "";
	return `<table${attributes}>${headRow}<tbody>${body.join("")}</tbody></table>`;
}

/** Returns a page without references: the style, the charts and the library that draws them are inside. */
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
<script type="application/json" id="charts">${JSON.stringify(charts).replaceAll("<", "\\u003c")}</script>
<script>
${readFileSync(resolve("uplot/dist/uPlot.iife.min.js"), "utf8")}
${readFileSync(join(FOLDER, "draw.js"), "utf8")}
</script>
</html>
`;
}
