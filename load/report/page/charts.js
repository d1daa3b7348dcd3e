/* Draws the charts of a report with uPlot, from the results that the page carries. */

const [result, older] = JSON.parse(document.getElementById("results").textContent);
const seconds = result.seconds;
const HEIGHT_PX = 220;

const column = (name, rows = seconds) => rows.map((second) => second[name]);
/** The older run's figure for each second of this one. */
const olderColumn = (name) => {
	const byTime = new Map(older.seconds.map((second) => [second.t, second[name]]));
	return seconds.map(({ t }) => byTime.get(t) ?? null);
};
const share = (values) => values.map((value) => (value === null ? null : 100 * value));

const CHARTS = {
	latency: {
		unit: "ms",
		series: [
			["max", "three", column("max")],
			["p99", "two", column("p99")],
			["p50", "one", column("p50")],
			...(older ? [["p99, older run", "two", olderColumn("p99"), { dash: [6, 4] }]] : []),
		],
	},
	throughput: {
		unit: "",
		series: [
			["deliveries", "one", column("deliveries"), { fill: true }],
			["users", "two", column("users"), { scale: "right" }],
			...(older ? [["deliveries, older run", "one", olderColumn("deliveries"), { dash: [6, 4] }]] : []),
		],
	},
	server: {
		unit: "cores",
		series: [
			["cores in use", "one", column("serverCores"), { fill: true }],
			["event loop late (ms, p99)", "two", column("serverLagMs"), { scale: "right" }],
			...(older ? [["cores, older run", "one", olderColumn("serverCores"), { dash: [6, 4] }]] : []),
		],
	},
	memory: {
		unit: "MB",
		series: [
			["resident set", "one", column("serverRssMb"), { fill: true }],
			...(older ? [["older run", "one", olderColumn("serverRssMb"), { dash: [6, 4] }]] : []),
		],
	},
	generator: {
		unit: "%",
		series: [
			["busy", "one", share(column("generatorUtilization")), { fill: true }],
			["event loop late (ms, p99)", "two", column("generatorLagMs"), { scale: "right" }],
		],
	},
};

function colour(name) {
	return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function axis(scale, label) {
	const grid = { stroke: colour("line"), width: 1, show: scale !== "right" };
	const side = scale === "right" ? { side: 1 } : {};
	return { scale, label, labelSize: 18, size: 64, stroke: colour("faint"), grid, ticks: { show: false }, ...side };
}

function draw(id, { unit, series }) {
	const place = document.getElementById(id);
	if (!place) return undefined;
	const lines = series.map(([label, paint, , { scale = "left", fill = false, dash } = {}]) => ({
		label,
		scale,
		dash,
		stroke: colour(paint),
		width: 1.5,
		points: { show: false },
		spanGaps: true,
		...(fill && { fill: `${colour(paint)}26` }),
		value: (_, value) => (value === null ? "–" : value.toLocaleString("en-GB", { maximumSignificantDigits: 3 })),
	}));
	const hasRight = lines.some(({ scale }) => scale === "right");
	const rightLabel = lines.find(({ scale }) => scale === "right")?.label;
	const fromZero = { range: (_, __, max) => [0, Math.max(max ?? 0, 0.001) * 1.08] };
	const options = {
		width: place.clientWidth,
		height: HEIGHT_PX,
		scales: { x: { time: false }, left: fromZero, ...(hasRight && { right: fromZero }) },
		axes: [
			{ ...axis("x", "seconds of talk"), size: 34 },
			axis("left", unit),
			...(hasRight ? [axis("right", rightLabel)] : []),
		],
		series: [{ label: "second" }, ...lines],
		cursor: { points: { size: 6 } },
	};
	return new uPlot(options, [column("t"), ...series.map(([, , values]) => values)], place);
}

let drawn = [];
function drawAll() {
	for (const chart of drawn) chart?.destroy();
	drawn = Object.entries(CHARTS).map(([id, chart]) => draw(id, chart));
}

drawAll();
addEventListener("resize", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
