import { spawnSync } from "node:child_process";

/**
 * A name for what is about to be built: BUILD_ID if the environment has one, else the commit, and the time as well if
 * the work tree differs from it. The running server tells it, so a deployment can see that it is its own build that answers.
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
