import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

const REQUIRED = "required-builtin";

/**
 * Takes Node's own modules by `require`. An `import` of one reads every property that it exports, and some of them load
 * half of Node: `node:http` has WebSocket's classes, which are all of undici and HTTP/2.
 */
export const requiredBuiltins: Plugin = {
	name: REQUIRED,
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^(node:)?[a-z_/0-9]+$/ }, ({ kind, path }) =>
			kind === "import-statement" && isBuiltin(path) ? { path, namespace: REQUIRED } : undefined,
		);
		onLoad({ filter: /./, namespace: REQUIRED }, ({ path }) => ({
			contents: `module.exports = require(${JSON.stringify(path)});`,
		}));
	},
};
