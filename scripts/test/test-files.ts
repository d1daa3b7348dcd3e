import { globSync } from "node:fs";
import { root } from "../root.ts";
import type { Selection } from "./selection.ts";

/** Tests that need a program which npm does not carry say so in their names, as in x.browser.test.ts. */
const SPECIAL_KINDS = ["browser", "postgres", "cluster"] as const;

type TestKind = (typeof SPECIAL_KINDS)[number] | "plain";

/** The selected test files of a kind under the given folders, sorted. */
export function testFiles(folders: string[], kind: TestKind, selection: Selection): string[] {
	return folders
		.flatMap((folder) =>
			globSync(`${folder}/**/*.test.{ts,tsx}`, { cwd: root, exclude: ["**/node_modules", "**/dist"] }),
		)
		.map((file) => file.replaceAll("\\", "/"))
		.filter((file) => kindOf(file) === kind)
		.filter((file) => selection.has(file))
		.sort();
}

function kindOf(file: string): TestKind {
	return SPECIAL_KINDS.find((kind) => file.includes(`.${kind}.test.`)) ?? "plain";
}
