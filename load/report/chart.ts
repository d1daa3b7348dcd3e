/** A line of a chart. `paint` is one of the page's colours. */
export type Series = {
	label: string;
	paint: "one" | "two" | "three";
	/** As many as the chart's `x`; null where there is nothing to show. */
	values: (number | null)[];
	fill?: boolean;
	dash?: boolean;
	points?: boolean;
	/** Has a scale of its own, on the right. */
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
