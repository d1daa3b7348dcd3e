import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = "{app,web,load,scripts}/**/*.{ts,tsx,mjs,css}";

/** A longer file is about more than one thing. */
const MAX_CODE_LINES = 250;

/** Returns one sentence per file that is too long. Tests count too. */
export function findLongFiles(root: string): string[] {
	return globSync(SOURCES, { cwd: root, exclude: ["**/node_modules", "**/dist"] })
		.map((file) => ({ file, lines: codeLinesIn(readFileSync(join(root, file), "utf8")) }))
		.filter(({ lines }) => lines > MAX_CODE_LINES)
		.map(({ file, lines }) => `${file} has ${lines} lines of code; the maximum is ${MAX_CODE_LINES}. Split it.`);
}

/** Counts lines without comments and blank lines. */
function codeLinesIn(source: string): number {
	return source.split("\n").filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;
}
