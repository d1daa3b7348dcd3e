import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";

const SPECIFIER = /\b(?:from|require\(|import\(?)\s*["']([^"']+)["']/g;

const known = new Map<string, boolean>();

/** Returns whether a package, or a file that it loads, uses a built-in module. True for a package that can't be resolved. */
export function packageNeedsRuntime(specifier: string, importer: string): boolean {
	if (isBuiltin(specifier)) return true;
	let file: string;
	try {
		file = createRequire(importer).resolve(specifier);
	} catch {
		return true;
	}
	const answer = known.get(file);
	if (answer !== undefined) return answer;
	known.set(file, false); // until it is known, for files that import each other
	const specifiers = file.endsWith(".json") ? [] : [...readFileSync(file, "utf8").matchAll(SPECIFIER)];
	const needs = specifiers.some(([, name]) => packageNeedsRuntime(name as string, file));
	known.set(file, needs);
	return needs;
}
