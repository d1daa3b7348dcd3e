import { execFileSync } from "node:child_process";
import { posix } from "node:path";
import { FileGraph } from "./file-graph.ts";

/** The tests to run. */
export type Selection = {
	has(testFile: string): boolean;
	/** Returns whether to run a program that is a suite of its own. */
	hasProgram(program: string): boolean;
	/** Returns the ids of a fault suite's rows to run; by default all are run. */
	rowsOf?(program: string): string[];
	/** Whether to run `npm run check`. */
	withChecks: boolean;
};

export const EVERYTHING: Selection = { has: () => true, hasProgram: () => true, withChecks: true };

/** Selects test files by parts of their paths. */
export function matching(parts: readonly string[]): Selection {
	if (parts.length === 0) return EVERYTHING;
	return { has: (file) => parts.some((part) => file.includes(part)), hasProgram: () => false, withChecks: false };
}

/** Files whose change can affect any test. */
const REACHES_EVERYTHING =
	/^(\.ci\/|scripts\/test(\/|\.ts$)|scripts\/setup|package(-lock)?\.json$|(tsconfig|deno)\.json$)/;
/** Files whose change can affect any file of their folder. */
const MANIFEST = /(^|\/)(package(-lock)?|tsconfig)\.json$/;
/** Tests of this kind use the built page without naming it. */
const OF_PAGE = /\.browser\.test\./;
const PAGE = "scripts/build-page.ts";

/**
 * Selects the tests that a change can affect: their files import a changed file, or name it, directly or through others.
 * @param files all files of the project
 * @param changed among them, or deleted
 */
export function reachedBy(root: string, files: readonly string[], changed: readonly string[]): Selection {
	if (changed.some((file) => REACHES_EVERYTHING.test(file))) return EVERYTHING;
	const folders = changed.filter((file) => MANIFEST.test(file)).map((file) => `${posix.dirname(file)}/`);
	const ofFolders = files.filter((file) => folders.some((folder) => file.startsWith(folder)));
	const reached = new FileGraph(root, files).dependentsOf([...changed, ...ofFolders]);
	const has = (file: string) => reached.has(file) || (OF_PAGE.test(file) && reached.has(PAGE));
	return { has, hasProgram: has, withChecks: true };
}

/** Returns the files of the project and those that differ from a commit. Both include new and deleted files. */
export function changesSince(root: string, revision: string | undefined): { files: string[]; changed: string[] } {
	const base = revision ?? baseOf(root);
	const untracked = git(root, "ls-files", "--others", "--exclude-standard");
	const changed = [...git(root, "diff", "--name-only", "--no-renames", base, "--"), ...untracked];
	return { files: [...git(root, "ls-files"), ...untracked], changed };
}

/** Returns the commit where the branch left main; on main, the commit before the last. */
function baseOf(root: string): string {
	const [head] = git(root, "rev-parse", "HEAD");
	for (const main of ["origin/main", "main"]) {
		try {
			const [base] = git(root, "merge-base", "HEAD", main);
			if (base !== undefined && base !== head) return base;
		} catch {
			// There is no such branch.
		}
	}
	return "HEAD~1";
}

function git(root: string, ...args: string[]): string[] {
	try {
		const output = execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
		return output.split("\n").filter((line) => line !== "");
	} catch (error) {
		const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
		throw new Error(`git ${args.join(" ")} failed: ${said}`);
	}
}
