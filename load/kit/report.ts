import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { percentileOf } from "./latency.ts";

export const MIB = 2 ** 20;
const GIB = 2 ** 30;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** Escapes a text for HTML, SVG included. */
export function escapeHtml(text: string): string {
	return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** 12,345; three significant digits below ten. */
export function count(value: number): string {
	return Math.abs(value) < 10 ? fine.format(value) : whole.format(value);
}

/** 0.42 ms, 12.3 ms, 1,230 ms. */
export function ms(value: number): string {
	return `${value < 1_000 ? fine.format(value) : whole.format(value)} ms`;
}

/** 12.3 %, of a share from 0 to 1. */
export function percent(share: number): string {
	return `${fine.format(100 * share)} %`;
}

export function mebibytes(bytes: number): string {
	return `${(bytes / MIB).toFixed(0)} MiB`;
}

/** 850 ms; from ten seconds on 12.3 s. */
export function duration(ms: number): string {
	return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** `p50 610 ms, max 1400 ms`; a dash for none. */
export function spread(values: readonly number[], tail: "p99" | "max" = "max"): string {
	if (values.length === 0) return "–";
	const [middle, end] = [percentileOf(values, 50), percentileOf(values, tail === "max" ? 100 : 99)];
	return `p50 ${duration(middle)}, ${tail} ${duration(end)}`;
}

/** Returns a table in Markdown; `alignment` has `---` or `--:` for each column, by default the first left, the rest right. */
export function markdownTable(
	header: readonly string[],
	rows: readonly (readonly string[])[],
	alignment: readonly string[] = header.map((_, column) => (column === 0 ? "---" : "--:")),
): string {
	return [header, alignment, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

export type Machine = { cpus: number; model: string; memoryGb: number; node: string; os: string; kernel: string };

/** Describes the machine on which a result was measured. */
export function thisMachine(): Machine {
	return {
		cpus: cpus().length,
		model: cpus()[0]?.model.trim() || "unknown",
		memoryGb: totalmem() / GIB,
		node: process.versions.node,
		os: `${type()} ${release()}`,
		kernel: release(),
	};
}

/**
 * Writes the files of a result, each named for the command, the time and its own extension, such as
 * `chaos-2026-11-26T18-00-00.md`. Returns their paths.
 */
export function writeResults(folder: string, command: string, when: Date, contents: Record<string, string>): string[] {
	mkdirSync(folder, { recursive: true });
	const stem = `${command}-${when.toISOString().replaceAll(":", "-").slice(0, 19)}`;
	return Object.entries(contents).map(([extension, content]) => {
		const path = join(folder, `${stem}.${extension}`);
		writeFileSync(path, content);
		return path;
	});
}
