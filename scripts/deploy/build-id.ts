import { spawnSync } from "node:child_process";

/**
 * Returns the id of a build: BUILD_ID from the environment, or else the commit, followed by the time if the work tree has
 * changes. The server reports it, so that a deployment recognises its own build.
 */
export function buildId(root: string): string {
	if (process.env.BUILD_ID) return process.env.BUILD_ID;
	const time = Date.now().toString(36);
	const commit = git(root, "rev-parse", "--short=12", "HEAD");
	if (commit === undefined) return `t${time}`;
	return git(root, "status", "--porcelain") === "" ? commit : `${commit}-${time}`;
}

function git(root: string, ...args: string[]): string | undefined {
	const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
	return status === 0 ? stdout.trim() : undefined;
}
