import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = "{app,web,load,scripts}/**/*.{ts,tsx,mjs,css}";

/** Past this a file is about more than one thing, or a test tells more than one story. */
const MAX_CODE_LINES = 250;

/** Every file that has grown too long, a sentence each. Tests count too: they are read as well. */
export function findLongFiles(root: string): string[] {
	return globSync(SOURCES, { cwd: root, exclude: ["**/node_modules", "**/dist"] })
		.map((file) => ({ file, lines: countCodeLines(readFileSync(join(root, file), "utf8")) }))
		.filter(({ lines }) => lines > MAX_CODE_LINES)
		.map(({ file, lines }) => `${file} has ${lines} lines of code; ${MAX_CODE_LINES} is the most: split it.`);
}

/** Without comments and blank lines: documentation must never be what makes a file too long. */
export function countCodeLines(source: string): number {
	return source.split("\n").filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;
}
