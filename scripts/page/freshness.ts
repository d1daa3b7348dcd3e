import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Whether `output` is newer than everything under `inputs`: then a build would make the same again. */
export function isFresh(output: string, inputs: string[]): boolean {
	const built = statSync(output, { throwIfNoEntry: false })?.mtimeMs;
	return built !== undefined && inputs.every((input) => newestChange(input) < built);
}

/** A folder's own time counts too: it changes when a file in it is added or removed. */
function newestChange(path: string): number {
	const stats = statSync(path);
	if (!stats.isDirectory()) return stats.mtimeMs;
	const inside = readdirSync(path).filter(
		(name) => name !== "dist" && !name.startsWith(".") && !name.includes(".test."),
	);
	return Math.max(stats.mtimeMs, ...inside.map((name) => newestChange(join(path, name))));
}
