import { join } from "node:path";
import type { BuildOptions, BuildResult } from "esbuild";
import { root } from "../root.ts";

export const pageSource = join(root, "web");
export const pageOutput = join(root, "web", "dist");

/** The output folder as esbuild's metafile writes it. */
export const pageOutputInRoot = "web/dist";

export type PageBuildOptions = BuildOptions & { metafile: true; write: false };
export type PageBundle = BuildResult<PageBuildOptions>;

/**
 * The two builds that make the page. One is the page itself: a script with its style sheet, and a file of its own for
 * every part that is imported when asked for. The other is the script that the browser runs before it draws anything,
 * so not a module, so without shared parts. Nothing is written: `writePage` does that in one step.
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
		target: ["chrome123", "edge123", "firefox120", "safari17.5"],
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
	return [
		{ ...shared, entryPoints: [join(pageSource, "main.tsx")], format: "esm", splitting: true },
		{ ...shared, entryPoints: [join(pageSource, "theme.ts")], format: "iife" },
	];
}
