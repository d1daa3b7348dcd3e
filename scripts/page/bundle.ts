import { join } from "node:path";
import type { BuildOptions } from "esbuild";
import { root } from "../root.ts";

export const pageSource = join(root, "web");
export const pageOutput = join(root, "web", "dist");

/**
 * How esbuild bundles the page: a script and a style sheet with hashed names under /assets, and a file of its own for
 * every part that is imported when asked for. Nothing is written: `writePage` does that in one step.
 */
export function bundleOptions(minify: boolean): BuildOptions & { metafile: true; write: false } {
	return {
		absWorkingDir: root,
		entryPoints: [
			{ in: join(pageSource, "main.tsx"), out: "assets/main" },
			{ in: join(pageSource, "style.css"), out: "assets/main" },
		],
		outdir: pageOutput,
		entryNames: "[dir]/[name]-[hash]",
		chunkNames: "assets/[name]-[hash]",
		assetNames: "assets/[name]-[hash]",
		publicPath: "/",
		loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
		bundle: true,
		splitting: true,
		format: "esm",
		target: ["chrome111", "edge111", "firefox114", "safari16.4"],
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
}
