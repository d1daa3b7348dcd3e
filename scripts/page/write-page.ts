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
import { type PageBundle, pageOutput, pageSource } from "./bundle.ts";
import { fillReferences, pageEntries } from "./references.ts";
import { RELOAD_TAG, reloadFiles } from "./reload.ts";

const COMPRESSED = /\.(js|css|html|svg|json|webmanifest|txt)$/;

/**
 * Puts the whole page into web/dist: the bundles, web/public as it is, and index.html with its references. A reader
 * never sees half of it: it is written elsewhere first, then moved into place.
 * @param life `"reloading"` under `npm run dev`: it reloads in open browsers when it is built anew. Otherwise it is
 *   made to travel, with a .br beside all text.
 */
export function writePage(bundles: PageBundle[], life: "still" | "reloading"): void {
	const workshop = join(pageSource, `.dist.${process.pid}`);
	rmSync(workshop, { recursive: true, force: true });
	mkdirSync(workshop, { recursive: true });

	const publicFolder = join(pageSource, "public");
	if (existsSync(publicFolder)) cpSync(publicFolder, workshop, { recursive: true });
	for (const { path, contents } of bundles.flatMap(({ outputFiles }) => outputFiles)) {
		put(workshop, relative(pageOutput, path), contents);
	}
	const source = readFileSync(join(pageSource, "index.html"), "utf8");
	const html = fillReferences(source, pageEntries(bundles));
	if (life === "reloading") {
		for (const [path, contents] of Object.entries(reloadFiles())) put(workshop, path, contents);
		put(workshop, "index.html", html.replace("</head>", `${RELOAD_TAG}</head>`));
	} else {
		put(workshop, "index.html", html);
		compress(workshop);
	}
	moveIntoPlace(workshop);
}

function put(folder: string, path: string, contents: string | Uint8Array): void {
	const target = join(folder, path);
	mkdirSync(dirname(target), { recursive: true });
	writeFileSync(target, contents);
}

function compress(folder: string): void {
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		const file = join(entry.parentPath, entry.name);
		if (entry.isFile() && COMPRESSED.test(file)) writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
	}
}

function moveIntoPlace(workshop: string): void {
	const old = `${workshop}.old`;
	if (existsSync(pageOutput)) renameSync(pageOutput, old);
	renameSync(workshop, pageOutput);
	rmSync(old, { recursive: true, force: true });
	// That has just touched web/ itself, which would make the page look older than its sources.
	const justNow = new Date(Date.now() + 1);
	utimesSync(join(pageOutput, "index.html"), justNow, justNow);
}
