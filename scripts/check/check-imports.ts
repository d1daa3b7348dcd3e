import { globSync } from "node:fs";
import { violationOf } from "./import-rules.ts";
import { type Import, importsOf } from "./imports.ts";

const SOURCES = "{app,web,load,scripts}/**/*.{ts,tsx,mjs}";

/** The HTTP application runs on every runtime, so the modules that it reaches may use web standards only. */
const PORTABLE_ENTRY = "app/http/app.ts";

/** Returns one sentence per import that the rules forbid. */
export function findForbiddenImports(root: string): string[] {
	const files = globSync(SOURCES, { cwd: root, exclude: ["**/node_modules", "**/dist"] });
	const imports = files.map((file) => file.replaceAll("\\", "/")).flatMap((file) => importsOf(root, file));
	const refused = imports.map(violationOf).filter((sentence) => sentence !== undefined);
	return [...refused, ...nodeModulesReachedFrom(PORTABLE_ENTRY, imports)];
}

function nodeModulesReachedFrom(entry: string, imports: Import[]): string[] {
	const reached = new Set([entry]);
	const problems: string[] = [];
	for (const file of reached) {
		for (const { from, to, isOurs } of imports) {
			if (from !== file) continue;
			if (isOurs) reached.add(to);
			else if (to.startsWith("node:"))
				problems.push(`${from} imports ${to}: ${entry} reaches it, and has to run without Node.`);
		}
	}
	return problems;
}
