import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const DOCUMENTS = "{*.md,{app,load,scripts,web}/**/*.md}";

/** Every link and picture in a document that leads to a file that is not there, a sentence each. */
export function findDeadLinks(root: string): string[] {
	return globSync(DOCUMENTS, { cwd: root, exclude: ["**/node_modules", "**/dist"] }).flatMap((document) =>
		targetsIn(readFileSync(join(root, document), "utf8"))
			.filter((target) => !existsSync(join(root, dirname(document), target)))
			.map((target) => `${document} links to ${target}, which is not there.`),
	);
}

/** The files that a text in Markdown links to, without what is elsewhere or within the document. */
function targetsIn(text: string): string[] {
	return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
		.map(([, target = ""]) => target)
		.filter((target) => !/^([a-z]+:|#)/i.test(target))
		.map((target) => target.replace(/#.*/, ""));
}
