import { createRequire, isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

const REQUIRED = "required-builtin";
const LATE = "late-builtin";
const require = createRequire(import.meta.url);

/**
 * Node's modules that are loaded when something of theirs is used, for a start does without them. The functions named
 * here are those that a package takes out at its own start, to call them later.
 */
const LATE_BUILTINS: Readonly<Record<string, readonly string[]>> = {
	assert: [],
	crypto: ["createHash", "randomBytes", "randomFillSync"],
	"fs/promises": [],
	https: [],
	tls: [],
	zlib: ["createDeflate", "createGzip"],
};

/**
 * Takes Node's own modules by `require`. An `import` of one reads every property that it exports, and some of them load
 * half of Node: `node:http` has WebSocket's classes, which are all of undici and HTTP/2.
 */
export const builtins: Plugin = {
	name: "builtins",
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^(node:)?[a-z_/0-9]+$/ }, ({ kind, namespace, path }) => {
			const name = path.replace("node:", "");
			if (!isBuiltin(path) || namespace === REQUIRED || namespace === LATE) return undefined;
			if (Object.hasOwn(LATE_BUILTINS, name)) return { path: name, namespace: LATE };
			return kind === "import-statement" ? { path, namespace: REQUIRED } : undefined;
		});
		onLoad({ filter: /./, namespace: REQUIRED }, ({ path }) => ({
			contents: `module.exports = require(${JSON.stringify(path)});`,
		}));
		onLoad({ filter: /./, namespace: LATE }, ({ path }) => ({ contents: late(path, LATE_BUILTINS[path]!) }));
	},
};

function late(name: string, functions: readonly string[]): string {
	const real: object = require(name);
	const isOwn = (key: string) => !Object.hasOwn(Function.prototype, key) && key !== "prototype";
	return `
		const real = () => require(${JSON.stringify(name)});
		module.exports = ${typeof real === "function" ? "(...args) => real()(...args)" : "{}"};
		for (const key of ${JSON.stringify(Object.getOwnPropertyNames(real).filter(isOwn))})
			Object.defineProperty(module.exports, key, { configurable: true, enumerable: true, get: () => real()[key] });
		for (const key of ${JSON.stringify(functions)})
			Object.defineProperty(module.exports, key, { enumerable: true, value: (...args) => real()[key](...args) });
	`;
}
