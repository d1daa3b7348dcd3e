import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "../root.ts";

/** A hook at the top level of a file runs for every file of its process. */
const HOOK_OF_FILE = /^(before|after)(Each)?\(/m;

/**
 * Distributes test files over processes in turn, because neighbours often take equally long. A file with hooks at its top
 * level has a process of its own.
 */
export function groupsOf(files: readonly string[], count: number): string[][] {
	const hasHooks = (file: string) => HOOK_OF_FILE.test(readFileSync(resolve(root, file), "utf8"));
	const together = files.filter((file) => !hasHooks(file));
	const groups = Array.from({ length: count }, (_, group) => together.filter((_, index) => index % count === group));
	return [...groups.filter((group) => group.length > 0), ...files.filter(hasHooks).map((file) => [file])];
}
