/* Draws every chart of the page with uPlot, again when its width or the colours change. */

const HEIGHT_PX = 220;
/** A narrower chart has no names along its axes, which the legend has as well. */
const NARROW_PX = 480;
const charts = JSON.parse(document.getElementById("charts").textContent);

function colour(name) {
	return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function axis(scale, label, isNarrow) {
	const side = scale === "right" ? { side: 1 } : {};
	const grid = { stroke: colour("line"), width: 1, show: scale !== "right" };
	const name = isNarrow ? { size: 44 } : { label, labelSize: 18, size: 60 };
	return { scale, ...name, stroke: colour("faint"), grid, ticks: { show: false }, ...side };
}

function line({ label, paint, fill, dash, right, points }) {
	return {
		label,
		scale: right ? "right" : "left",
		stroke: colour(paint),
		width: 1.5,
		points: { show: Boolean(points), size: 7 },
		spanGaps: true,
		...(fill && { fill: `${colour(paint)}26` }),
		...(dash && { dash: [6, 4] }),
		value: (_, value) =>
			typeof value === "number" ? value.toLocaleString("en-GB", { maximumSignificantDigits: 3 }) : "–",
	};
}

function draw({ id, x, xLabel, unit, series }) {
	const place = document.getElementById(id);
	const right = series.find((one) => one.right);
	const isNarrow = place.clientWidth < NARROW_PX;
	const fromZero = { range: (_, __, max) => [0, Math.max(max ?? 0, 0.001) * 1.08] };
	const options = {
		width: place.clientWidth,
		height: HEIGHT_PX,
		scales: { x: { time: false }, left: fromZero, ...(right && { right: fromZero }) },
		axes: [
			{ ...axis("x", xLabel, isNarrow), size: 34 },
			axis("left", unit, isNarrow),
			...(right ? [axis("right", right.label, isNarrow)] : []),
		],
		series: [{ label: xLabel }, ...series.map(line)],
		cursor: { points: { size: 6 } },
	};
	return new uPlot(options, [x, ...series.map(({ values }) => values)], place);
}

let drawn = [];
function drawAll() {
	for (const chart of drawn) chart.destroy();
	drawn = charts.map(draw);
}

drawAll();
addEventListener("resize", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
