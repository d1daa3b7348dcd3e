import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { BuildResult, Metafile } from "esbuild";
import { root } from "../root.ts";
import { type Weighed, weigh } from "./budget.ts";
import { type PageBuildOptions, pageOutput, pageSource } from "./bundle.ts";
import { entriesOf, fillReferences, importedAtOnce } from "./references.ts";
import { RELOAD_TAG, reloadFiles } from "./reload.ts";

const COMPRESSED = /\.(js|css|html|svg|json|webmanifest|txt)$/;

export type PageBundle = BuildResult<PageBuildOptions>;

/**
 * Puts the whole page into web/dist: the bundle, web/public as it is, index.html with its references, and a .br beside
 * all text. A reader never sees half of it: it is written elsewhere first, then moved into place.
 * @param life whether it reloads in open browsers when it is built anew, as under `npm run dev`
 * @returns what the first load's JavaScript weighs
 */
export function writePage(bundles: PageBundle[], life: "still" | "reloading" = "still"): Weighed[] {
	const metafile: Metafile = {
		inputs: {},
		outputs: Object.assign({}, ...bundles.map((bundle) => bundle.metafile.outputs)),
	};
	const outputFiles = bundles.flatMap((bundle) => bundle.outputFiles);
	const workshop = join(pageSource, `.dist.${process.pid}`);
	rmSync(workshop, { recursive: true, force: true });
	mkdirSync(workshop, { recursive: true });

	const publicFolder = join(pageSource, "public");
	if (existsSync(publicFolder)) cpSync(publicFolder, workshop, { recursive: true });
	for (const { path, contents } of outputFiles) put(workshop, relative(pageOutput, path), contents);
	const reload = life === "reloading" ? reloadFiles() : {};
	for (const [path, contents] of Object.entries(reload)) put(workshop, path, contents);

	const prefix = relative(root, pageOutput).replaceAll("\\", "/");
	const html = readFileSync(join(pageSource, "index.html"), "utf8");
	const filled = fillReferences(html, entriesOf(metafile, prefix));
	put(workshop, "index.html", life === "reloading" ? filled.replace("</head>", `${RELOAD_TAG}</head>`) : filled);
	for (const file of filesIn(workshop).filter((path) => COMPRESSED.test(path))) {
		writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
	}
	const weighed = weigh(firstScripts(metafile, prefix, workshop));

	const old = `${workshop}.old`;
	if (existsSync(pageOutput)) renameSync(pageOutput, old);
	renameSync(workshop, pageOutput);
	rmSync(old, { recursive: true, force: true });
	markAsNewest(join(pageOutput, "index.html"));
	return weighed;
}

/** Everything that index.html runs: the entry with all it imports at once, and the scripts of web/public. */
function firstScripts(metafile: Metafile, prefix: string, folder: string): { file: string; contents: Uint8Array }[] {
	const html = readFileSync(join(folder, "index.html"), "utf8");
	const named = [...html.matchAll(/src="\/([^"]+\.js)"/g)].map((match) => match[1] as string);
	const bundled = named.flatMap((file) => [...importedAtOnce(metafile, `${prefix}/${file}`)]);
	const files = new Set([...named, ...bundled.map((path) => path.slice(prefix.length + 1))]);
	return [...files].map((file) => ({ file, contents: readFileSync(join(folder, file)) }));
}

/** Moving the output into place has just touched web/ itself, which would make the page look older than its sources. */
function markAsNewest(file: string): void {
	const justNow = new Date(Date.now() + 1);
	utimesSync(file, justNow, justNow);
}

function put(folder: string, path: string, contents: string | Uint8Array): void {
	const target = join(folder, path);
	mkdirSync(dirname(target), { recursive: true });
	writeFileSync(target, contents);
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}
