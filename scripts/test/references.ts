import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/** Outputs and the programs that build them: a file that names the output depends on the program. */
const BUILT = new Map([
	["web/dist", "scripts/build-page.ts"],
	["dist", "scripts/build-server.ts"],
]);

/** A bare document name is not a reference: a test that writes a README.md does not read this project's. */
const DOCUMENT_NAME = /^[^/]+\.md$/;

/**
 * Returns the files that a file names in strings, such as the program that a test starts: by a path from the project's folder
 * or from its own, by the arguments of `join`, or by a file name alone. `join` of a folder names all its files.
 */
export function referencesIn(root: string, file: string, files: readonly string[]): string[] {
	const { program } = parseSync(file, readFileSync(join(root, file), "utf8"));
	const names = new Set<string>();
	const folders = new Set<string>();
	/** Imports are not references, because an import of types does not exist at run time. */
	const imported = new Set<unknown>();
	const skip = ({ source }: { source: unknown }) => void imported.add(source);
	new Visitor({
		ImportDeclaration: skip,
		ExportNamedDeclaration: skip,
		ExportAllDeclaration: skip,
		TSImportType: skip,
		Literal: (node) => {
			if (typeof node.value !== "string" || imported.has(node) || DOCUMENT_NAME.test(node.value)) return;
			names.add(node.value);
		},
		TemplateElement: ({ value }) => void names.add(value.cooked ?? ""),
		CallExpression: ({ callee, arguments: args }) => {
			if (callee.type !== "Identifier" || callee.name !== "join") return;
			const texts = args.flatMap((one) => (one.type === "Literal" && typeof one.value === "string" ? [one.value] : []));
			if (texts.length > 0) folders.add(texts.join("/"));
		},
	}).visit(program);
	const here = posix.dirname(file);
	const pathsOf = (name: string) => [posix.normalize(name), posix.join(here, name)];
	const paths = new Set([...names].flatMap(pathsOf));
	const fileNames = new Set([...names].filter((name) => /^[^/]+\.\w+$/.test(name)));
	const prefixes = [...folders].flatMap(pathsOf).map((folder) => `${folder}/`);
	const isNamed = (path: string) =>
		paths.has(path) || fileNames.has(posix.basename(path)) || prefixes.some((prefix) => `${path}/`.startsWith(prefix));
	const inFolders = [...names].filter((name) => name.includes("/"));
	const built = [...inFolders, ...folders].flatMap(pathsOf).flatMap((path) => BUILT.get(path) ?? []);
	return [...files.filter((path) => path !== file && isNamed(path)), ...built];
}
