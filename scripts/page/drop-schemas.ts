import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

const CALL_OF_SCHEMA_LIBRARY = /\bv\.\w+\(/g;

/**
 * The page takes constants from the protocol, and none of its schemas. esbuild can't see across files that making a
 * schema does nothing else, and would keep them all with their library, so this says it.
 */
export const dropSchemas: Plugin = {
	name: "drop schemas",
	setup(build) {
		build.onLoad({ filter: /[\\/]app[\\/]protocol\.ts$/ }, async ({ path }) => {
			const source = await readFile(path, "utf8");
			return { contents: source.replace(CALL_OF_SCHEMA_LIBRARY, "/* @__PURE__ */ $&"), loader: "ts" };
		});
	},
};
