import { globSync } from "node:fs";
import { root } from "../root.ts";

/**
 * The test files under the given folders, sorted; `kind` tells those that drive a browser from the others.
 * @param filters keep only the files whose path contains one of these; all when there are none
 */
export function testFiles(folders: string[], kind: "browser" | "plain", filters: string[]): string[] {
	return folders
		.flatMap((folder) =>
			globSync(`${folder}/**/*.test.{ts,tsx}`, { cwd: root, exclude: ["**/node_modules", "**/dist"] }),
		)
		.map((file) => file.replaceAll("\\", "/"))
		.filter((file) => (kind === "browser") === file.includes(".browser.test."))
		.filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
		.sort();
}
