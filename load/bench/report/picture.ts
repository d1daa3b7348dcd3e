import { escapeHtml } from "../../kit/report.ts";

/** The line of one server, with a point for each rate. */
export type PictureLine = { title: string; points: { rate: number; cpuUs: number; keptUp: boolean }[] };

const WIDTH = 920;
const HEIGHT = 460;
const PLOT = { left: 64, right: 610, top: 64, bottom: 396 };
const LABEL_HEIGHT = 20;
const RADIUS = 4;
/** Factor by which the axis of CPU time extends beyond the lowest and the highest value. */
const MARGIN = 1.3;

/** Colours for light and dark pages that people with common colour vision deficiencies can tell apart. */
const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-size: 16px; font-weight: 600 }
.quiet { fill: #59636e }
.grid { stroke: #d1d9e0; stroke-width: 1 }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
.behind { fill: #fff; stroke-width: 2 }
.s0 { stroke: #0550ae } .d0 { fill: #0550ae }
.s1 { stroke: #9a6700 } .d1 { fill: #9a6700 }
.s2 { stroke: #57606a } .d2 { fill: #57606a }
.s3 { stroke: #a40e56 } .d3 { fill: #a40e56 }
@media (prefers-color-scheme: dark) {
	text { fill: #f0f6fc }
	.quiet { fill: #9198a1 }
	.grid { stroke: #3d444d }
	.behind { fill: #0d1117 }
	.s0 { stroke: #79c0ff } .d0 { fill: #79c0ff }
	.s1 { stroke: #e3b341 } .d1 { fill: #e3b341 }
	.s2 { stroke: #b1bac4 } .d2 { fill: #b1bac4 }
	.s3 { stroke: #ff80b5 } .d3 { fill: #ff80b5 }
}`;

/** Draws CPU time per delivery over the rate of messages, for up to four servers, as SVG. */
export function drawPicture(lines: readonly PictureLine[], members: number): string {
	const points = lines.flatMap((line) => line.points);
	const x = logScale(...range(points.map(({ rate }) => rate)), PLOT.left, PLOT.right);
	const [least, most] = range(points.map(({ cpuUs }) => cpuUs));
	const y = logScale(least / MARGIN, most * MARGIN, PLOT.bottom, PLOT.top);
	const labels = spreadOut(lines.map(({ points }) => y.place(points.at(-1)!.cpuUs)));
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="CPU time per delivery over messages a second, for each server">
<style>${STYLE}
</style>
<text class="title" x="16" y="26">CPU-µs per delivery, less is better</text>
<text class="quiet" x="16" y="46">one room of ${members.toLocaleString("en")}; both axes logarithmic; ○ could not keep up</text>
${x.ticks.map((tick) => gridX(x.place(tick), tick)).join("\n")}
${y.ticks.map((tick) => gridY(y.place(tick), tick)).join("\n")}
<text class="quiet" x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 16}" text-anchor="middle">messages a second into the room</text>
${lines.map((line, i) => drawLine(line, i, labels[i]!, x.place, y.place)).join("\n")}
</svg>
`;
}

function drawLine(
	{ title, points }: PictureLine,
	i: number,
	labelY: number,
	x: (rate: number) => number,
	y: (cpuUs: number) => number,
): string {
	const path = points.map(({ rate, cpuUs }) => `${round(x(rate))},${round(y(cpuUs))}`).join(" ");
	const dots = points.map(({ rate, cpuUs, keptUp }) => {
		const style = keptUp ? `d${i}` : `behind s${i}`;
		return `<circle class="${style}" cx="${round(x(rate))}" cy="${round(y(cpuUs))}" r="${RADIUS}"><title>${escapeHtml(title)}, ${rate}/s: ${cpuUs.toFixed(2)} µs</title></circle>`;
	});
	const label = `<text class="d${i}" x="${PLOT.right + 14}" y="${round(labelY + 4)}">${escapeHtml(title)}</text>`;
	return `<polyline class="line s${i}" points="${path}"/>\n${dots.join("\n")}\n${label}`;
}

function gridX(at: number, tick: number): string {
	return (
		`<line class="grid" x1="${round(at)}" x2="${round(at)}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>` +
		`<text class="quiet" x="${round(at)}" y="${PLOT.bottom + 20}" text-anchor="middle">${tick.toLocaleString("en")}</text>`
	);
}

function gridY(at: number, tick: number): string {
	return (
		`<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${round(at)}" y2="${round(at)}"/>` +
		`<text class="quiet" x="${PLOT.left - 10}" y="${round(at + 4)}" text-anchor="end">${tick}</text>`
	);
}

/** Moves labels down until none overlaps another. */
function spreadOut(heights: readonly number[]): number[] {
	const placed = [...heights];
	let free = Number.NEGATIVE_INFINITY;
	for (const i of heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!)) {
		placed[i] = Math.max(heights[i]!, free);
		free = placed[i]! + LABEL_HEIGHT;
	}
	return placed;
}

function range(values: readonly number[]): [number, number] {
	return [Math.min(...values), Math.max(...values)];
}

function round(n: number): number {
	return Math.round(n * 10) / 10;
}

/** A logarithmic axis: equal ratios are equal distances. */
type LogScale = { place(value: number): number; ticks: number[] };

/** Maps `[least, most]` to `[from, to]`. The ticks are 1, 2 and 5 times the powers of ten within. */
export function logScale(least: number, most: number, from: number, to: number): LogScale {
	// With a single value the span is 0, and the value is at the start.
	const span = Math.log(most / least) || 1;
	const ticks: number[] = [];
	for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power++) {
		for (const digit of [1, 2, 5]) {
			const tick = Number(`${digit}e${power}`);
			if (tick >= least && tick <= most) ticks.push(tick);
		}
	}
	return { place: (value) => from + ((to - from) * Math.log(value / least)) / span, ticks };
}
