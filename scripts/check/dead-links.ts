import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const DOCUMENTS = "{*.md,{app,load,scripts,web}/**/*.md}";

/** Returns one sentence per link or picture in a document whose file does not exist. */
export function findDeadLinks(root: string): string[] {
	return globSync(DOCUMENTS, { cwd: root, exclude: ["**/node_modules", "**/dist"] }).flatMap((document) =>
		targetsIn(readFileSync(join(root, document), "utf8"))
			.filter((target) => !existsSync(join(root, dirname(document), target)))
			.map((target) => `${document} links to ${target}, which does not exist.`),
	);
}

/** Returns the files that a Markdown text links to, without URLs and anchors. */
function targetsIn(text: string): string[] {
	return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
		.map(([, target = ""]) => target)
		.filter((target) => !/^([a-z]+:|#)/i.test(target))
		.map((target) => target.replace(/#.*/, ""));
}
