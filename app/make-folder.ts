import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Creates a folder and those above it, unless they exist. Throws if one can't be created. The `recursive` option of Node's
 * own functions never ends in a file system that has no place for new folders, such as /proc.
 */
export function makeFolder(path: string): void {
	if (isFolder(path)) return;
	if (dirname(path) !== path) makeFolder(dirname(path));
	try {
		mkdirSync(path);
	} catch (error) {
		// Another process may have created it.
		if (!isFolder(path)) throw error;
	}
}

function isFolder(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
