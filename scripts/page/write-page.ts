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

const RELOAD_SCRIPT = "reload.js";
const RELOAD_STAMP = "reload.txt";

/** Loads the reload script, in index.html during development. */
const RELOAD_TAG = `<script src="/${RELOAD_SCRIPT}" defer></script>`;

const COMPRESSED = /\.(js|css|html|svg|json|webmanifest|txt)$/;

/**
 * Writes the page to web/dist: the bundles, the files of web/public, and index.html with its references. Writes to another
 * folder first and then renames it, so that a reader never sees an incomplete page.
 * @param mode `"development"` adds a script that reloads the page after a build; `"production"` adds a .br file per text file
 */
export function writePage(bundles: PageBundle[], mode: "production" | "development"): void {
	const temporary = join(pageSource, `.dist.${process.pid}`);
	rmSync(temporary, { recursive: true, force: true });
	mkdirSync(temporary, { recursive: true });

	const publicFolder = join(pageSource, "public");
	if (existsSync(publicFolder)) cpSync(publicFolder, temporary, { recursive: true });
	for (const { path, contents } of bundles.flatMap(({ outputFiles }) => outputFiles)) {
		put(temporary, relative(pageOutput, path), contents);
	}
	const source = readFileSync(join(pageSource, "index.html"), "utf8");
	const html = fillReferences(source, pageEntries(bundles));
	if (mode === "development") {
		for (const [path, contents] of Object.entries(reloadFiles())) put(temporary, path, contents);
		put(temporary, "index.html", html.replace("</head>", `${RELOAD_TAG}</head>`));
	} else {
		put(temporary, "index.html", html);
		compress(temporary);
	}
	moveIntoPlace(temporary);
}

/**
 * Returns the files that make a page reload: a script that polls a file with the time of the build once a second. It works
 * with any server and with the content security policy of the page.
 */
function reloadFiles(): Record<string, string> {
	const script = `let seen;
setInterval(async () => {
	const response = await fetch("/${RELOAD_STAMP}", { cache: "no-store" }).catch(() => undefined);
	if (!response?.ok) return;
	const stamp = await response.text();
	seen ??= stamp;
	if (stamp !== seen) location.reload();
}, 1000);
`;
	return { [RELOAD_SCRIPT]: script, [RELOAD_STAMP]: String(Date.now()) };
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

function moveIntoPlace(temporary: string): void {
	const old = `${temporary}.old`;
	if (existsSync(pageOutput)) renameSync(pageOutput, old);
	renameSync(temporary, pageOutput);
	rmSync(old, { recursive: true, force: true });
	// The rename changed the time of web/, which would make the page older than its sources.
	const justNow = new Date(Date.now() + 1);
	utimesSync(join(pageOutput, "index.html"), justNow, justNow);
}
