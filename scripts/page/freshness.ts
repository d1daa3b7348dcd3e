import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Whether `output` is newer than everything under `inputs`, so that a build would not change it. */
export function isFresh(output: string, inputs: string[]): boolean {
	const built = statSync(output, { throwIfNoEntry: false })?.mtimeMs;
	return built !== undefined && inputs.every((input) => newestChange(input) < built);
}

/** Includes the times of folders, which change when a file is added or removed. */
function newestChange(path: string): number {
	const stats = statSync(path);
	if (!stats.isDirectory()) return stats.mtimeMs;
	const inside = readdirSync(path).filter(
		(name) => name !== "dist" && !name.startsWith(".") && !name.includes(".test."),
	);
	return Math.max(stats.mtimeMs, ...inside.map((name) => newestChange(join(path, name))));
}
