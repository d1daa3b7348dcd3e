import { generate } from "lean-qr/nano";
import { useMemo } from "preact/hooks";

/** A scanner needs a margin of four modules. */
const MARGIN = 4;
/** The most characters that a code can hold that a phone reads from a screen. Longer links get none. */
const MAX_CHARS = 300;

/** A QR code, dark on light in both themes. */
export function QrCode({ text, label }: { text: string; label: string }) {
	const code = useMemo(() => (text.length <= MAX_CHARS ? generate(text) : undefined), [text]);
	if (code === undefined) return null;
	const size = code.size + 2 * MARGIN;
	const rows = Array.from({ length: code.size }, (_, y) => y);
	const path = rows.flatMap((y) =>
		rows.filter((x) => code.get(x, y)).map((x) => `M${x + MARGIN} ${y + MARGIN}h1v1h-1z`),
	);
	return (
		<svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
			<path d={path.join("")} />
		</svg>
	);
}
