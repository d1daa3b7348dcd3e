import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

export type Import = {
	/** The importing file, relative to the project's folder, with forward slashes. */
	from: string;
	/** The imported file of this project, in the same form; or the name of a package or built-in module. */
	to: string;
	/** True when `to` is a file of this project. */
	isOurs: boolean;
	/** True when only types are imported: the import is gone at run time. */
	isType: boolean;
};

/** Returns every import of a file: values and types, static, dynamic, and in types. */
export function importsOf(root: string, file: string): Import[] {
	const { program, errors } = parseSync(file, readFileSync(join(root, file), "utf8"));
	if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
	/** Each specifier, and whether only types are imported by it. */
	const specifiers = new Map<string, boolean>();
	const note = (node: { source: unknown }, isType: boolean) => {
		const source = node.source as { type?: string; value?: unknown } | null;
		if (source?.type === "Literal" && typeof source.value === "string")
			specifiers.set(source.value, isType && (specifiers.get(source.value) ?? true));
	};
	new Visitor({
		ImportDeclaration: (node) => note(node, node.importKind === "type"),
		ExportNamedDeclaration: (node) => note(node, node.exportKind === "type"),
		ExportAllDeclaration: (node) => note(node, node.exportKind === "type"),
		ImportExpression: (node) => note(node, false),
		TSImportType: (node) => note(node, true),
	}).visit(program);
	return [...specifiers].map(([specifier, isType]) => {
		const isOurs = specifier.startsWith(".");
		return { from: file, to: isOurs ? resolve(root, file, specifier) : specifier, isOurs, isType };
	});
}

function resolve(root: string, file: string, specifier: string): string {
	return relative(root, join(root, dirname(file), specifier)).replaceAll("\\", "/");
}
