import { join } from "node:path";
import type { BuildOptions, BuildResult } from "esbuild";
import { root } from "../root.ts";
import { minifyAgain } from "./minify-again.ts";
import { oneFirstLoad } from "./one-first-load.ts";

export const pageSource = join(root, "web");
export const pageOutput = join(root, "web", "dist");

/** The output folder in esbuild's metafile. */
export const pageOutputInRoot = "web/dist";

/** The oldest browsers that the page supports. */
const BROWSERS = ["chrome123", "edge123", "firefox120", "safari17.5"];

export type PageBuildOptions = BuildOptions & { metafile: true; write: false };
export type PageBundle = BuildResult<PageBuildOptions>;

/**
 * Returns the options of the two builds of the page. The first builds the page: a script, its style sheet, and a file for each
 * part that is imported later. The second builds the script that sets the theme before the first paint; it is not a module, so it cannot
 * share code. Neither writes files: `writePage` does.
 */
export function pageBuilds(minify: boolean): PageBuildOptions[] {
	const shared: PageBuildOptions = {
		absWorkingDir: root,
		outdir: pageOutput,
		entryNames: "assets/[name]-[hash]",
		chunkNames: "assets/[name]-[hash]",
		assetNames: "assets/[name]-[hash]",
		publicPath: "/",
		loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
		bundle: true,
		target: BROWSERS,
		jsx: "automatic",
		jsxImportSource: "preact",
		define: { "process.env.NODE_ENV": minify ? '"production"' : '"development"' },
		minify,
		sourcemap: minify ? false : "inline",
		legalComments: "none",
		metafile: true,
		write: false,
		logLevel: "warning",
	};
	const minifying = minify ? [minifyAgain(BROWSERS)] : [];
	const main = join(pageSource, "main.tsx");
	return [
		{
			...shared,
			entryPoints: [main],
			format: "esm",
			splitting: true,
			plugins: [oneFirstLoad(main), ...minifying],
		},
		{ ...shared, entryPoints: [join(pageSource, "theme.ts")], format: "iife", plugins: minifying },
	];
}
