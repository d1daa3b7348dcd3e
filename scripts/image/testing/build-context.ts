import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";

/** Returns the files of the build context: the files in git, filtered by .dockerignore. */
export function buildContext(root: string): string[] {
	const { stdout } = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
		cwd: root,
		encoding: "utf8",
	});
	const ignores = isIgnored(readFileSync(join(root, ".dockerignore"), "utf8"));
	return stdout.split("\n").filter((file) => file !== "" && existsSync(join(root, file)) && !ignores(file));
}

export function copyFiles(files: string[], from: string, to: string): void {
	for (const file of files) cpSync(join(from, file), join(to, file), { recursive: true });
}

/** Parses .dockerignore as Docker does: the last matching pattern decides, and a folder matches everything in it. */
export function isIgnored(patterns: string): (path: string) => boolean {
	const rules = patterns
		.split("\n")
		.map((line) => line.trim())
		.filter((line) => line !== "" && !line.startsWith("#"))
		.map((line) => ({ keeps: line.startsWith("!"), pattern: line.replace(/^!/, "") }));
	return (path) => {
		const parents = path.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));
		const last = rules.findLast(({ pattern }) => parents.some((one) => matchesGlob(one, pattern)));
		return last !== undefined && !last.keeps;
	};
}
