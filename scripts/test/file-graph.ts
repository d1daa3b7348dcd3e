import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { type Import, importsOf } from "../check/imports.ts";
import { packageNeedsRuntime } from "./package-needs-runtime.ts";
import { referencesIn } from "./references.ts";

const CODE = /\.([cm]?js|tsx?)$/;

/** Built-in modules that behave the same on every runtime. */
const PORTABLE = new Set(["node:assert", "node:assert/strict", "node:test"]);

/** The import graph of a project. Paths are relative to its folder, with forward slashes. */
export class FileGraph {
	readonly #root: string;
	readonly #files: readonly string[];
	readonly #imports = new Map<string, Import[]>();
	readonly #sources = new Map<string, string>();

	/** @param files all files of the project; needed only for `dependentsOf` */
	constructor(root: string, files: readonly string[] = []) {
		this.#root = root;
		this.#files = files;
	}

	/** Returns whether a word, such as an environment variable, occurs in a file or in one that it imports. */
	mentions(file: string, word: string): boolean {
		const mention = new RegExp(`\\b${word}\\b`);
		return [...this.#imported(file)].some((reached) => mention.test(this.#source(reached)));
	}

	/** Returns whether a file is another one, or imports it, directly or through others. */
	reaches(file: string, other: string): boolean {
		return this.#imported(file).has(other);
	}

	/**
	 * Returns whether a file's behaviour can depend on the runtime: it imports, directly or through others, a built-in module
	 * (such as for sockets, files or cryptography) or a package that does.
	 */
	needsRuntime(file: string): boolean {
		return [...this.#imported(file)]
			.flatMap((reached) => this.#importsOf(reached))
			.filter(({ isOurs, isType }) => !isOurs && !isType)
			.some(({ to }) => (isBuiltin(to) ? !PORTABLE.has(to) : packageNeedsRuntime(to, join(this.#root, file))));
	}

	/** Returns these files and all files that import or name one of them, directly or through others. */
	dependentsOf(files: Iterable<string>): Set<string> {
		const users = new Map<string, string[]>();
		for (const file of this.#files)
			for (const used of this.#usedBy(file)) users.set(used, [...(users.get(used) ?? []), file]);
		const dependents = new Set(files);
		for (const file of dependents) for (const user of users.get(file) ?? []) dependents.add(user);
		return dependents;
	}

	#usedBy(file: string): string[] {
		const imported = this.#importsOf(file).flatMap(({ to, isOurs, isType }) => (isOurs && !isType ? to : []));
		return [...imported, ...(this.#isCode(file) ? referencesIn(this.#root, file, this.#files) : [])];
	}

	#imported(file: string): Set<string> {
		const reached = new Set([file]);
		for (const from of reached)
			for (const { to, isOurs, isType } of this.#importsOf(from)) if (isOurs && !isType) reached.add(to);
		return reached;
	}

	#importsOf(file: string): Import[] {
		return remember(this.#imports, file, () => (this.#isCode(file) ? importsOf(this.#root, file) : []));
	}

	#source(file: string): string {
		return remember(this.#sources, file, () => {
			return this.#isCode(file) ? readFileSync(join(this.#root, file), "utf8") : "";
		});
	}

	#isCode(file: string): boolean {
		return CODE.test(file) && existsSync(join(this.#root, file));
	}
}

function remember<V>(known: Map<string, V>, key: string, find: () => V): V {
	if (!known.has(key)) known.set(key, find());
	return known.get(key) as V;
}
