import { globSync } from "node:fs";
import { root } from "../root.ts";

/** Tests that need a program which npm does not carry say so in their names, as in x.browser.test.ts. */
const SPECIAL_KINDS = ["browser", "postgres", "cluster"] as const;

type TestKind = (typeof SPECIAL_KINDS)[number] | "plain";

/**
 * The test files of a kind under the given folders, sorted.
 * @param filters keep only the files whose path contains one of these; all when there are none
 */
export function testFiles(folders: string[], kind: TestKind, filters: string[]): string[] {
	return folders
		.flatMap((folder) =>
			globSync(`${folder}/**/*.test.{ts,tsx}`, { cwd: root, exclude: ["**/node_modules", "**/dist"] }),
		)
		.map((file) => file.replaceAll("\\", "/"))
		.filter((file) => kindOf(file) === kind)
		.filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
		.sort();
}

function kindOf(file: string): TestKind {
	return SPECIAL_KINDS.find((kind) => file.includes(`.${kind}.test.`)) ?? "plain";
}
