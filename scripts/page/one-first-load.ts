import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/**
 * Puts everything that the page needs at first into one file. esbuild makes a file of each set of modules that the same
 * parts share, which would be a dozen small ones; here each part imports `entry`, so they all share the same set.
 */
export function oneFirstLoad(entry: string): Plugin {
	return {
		name: "one-first-load",
		setup(build) {
			build.onResolve({ filter: /\.tsx?$/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
				if (kind !== "dynamic-import" || pluginData === RESOLVING) return undefined;
				const resolved = await build.resolve(path, { kind, importer, resolveDir, pluginData: RESOLVING });
				return { ...resolved, pluginData: PART };
			});
			build.onLoad({ filter: /\.tsx?$/ }, ({ path, pluginData }) => {
				if (pluginData !== PART) return undefined;
				const contents = `${readFileSync(path, "utf8")}\nimport ${JSON.stringify(entry)};\n`;
				return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
			});
		},
	};
}

const RESOLVING = "resolving";
const PART = "part";
