import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/** What a program makes, and the program: a file that names the one depends on the other. */
const BUILT = new Map([
	["web/dist", "scripts/build-page.ts"],
	["dist", "scripts/build-server.ts"],
]);

/** The name of a document alone is no reference to it: a test that writes a README.md does not read ours. */
const DOCUMENT_NAME = /^[^/]+\.md$/;

/**
 * The files that a file names in strings, as a test names the program that it starts: by a path from the project's folder or
 * from its own, by the arguments of `join`, or by a file name alone. `join` of a folder names all that is in it.
 */
export function referencesIn(root: string, file: string, files: readonly string[]): string[] {
	const { program } = parseSync(file, readFileSync(join(root, file), "utf8"));
	const names = new Set<string>();
	const folders = new Set<string>();
	/** Imports are no references: an import of types alone is gone at run time. */
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
