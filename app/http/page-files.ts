import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page, PageFile } from "./deps.ts";

const TYPE_OF: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".json": "application/json",
	".webmanifest": "application/manifest+json",
	".txt": "text/plain; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".ico": "image/x-icon",
	".woff2": "font/woff2",
};

/** The built page is missing. The message says what to do. */
export class PageError extends Error {
	override readonly name = "PageError";
}

/**
 * Reads the built page in `folder` into memory, and again at the next request after a new build. Throws a
 * {@link PageError} if there is none.
 */
export function loadPage(folder = ownFolder()): Page {
	let builtAt = buildTime(folder);
	if (builtAt === undefined) throw new PageError(`There is no page in ${folder}. Build it with: npm run build`);
	let files = readFiles(folder);
	return {
		file(path) {
			const now = path.startsWith("/assets/") ? builtAt : buildTime(folder);
			// There is no index.html while a new build is moved into place.
			if (now !== undefined && now !== builtAt) {
				files = readFiles(folder);
				builtAt = now;
			}
			return files.get(path);
		},
	};
}

/** Returns the folder beside the bundled server, or the output of the build for the unbundled one. */
function ownFolder(): string {
	const [bundled, built] = ["./web", "../../web/dist"].map((path) => fileURLToPath(new URL(path, import.meta.url)));
	return buildTime(bundled!) === undefined ? built! : bundled!;
}

function buildTime(folder: string): number | undefined {
	return statSync(join(folder, "index.html"), { throwIfNoEntry: false })?.mtimeMs;
}

/** Returns the files by their path in a URL. A file `x.br` is the compressed form of `x`. */
function readFiles(folder: string): Map<string, PageFile> {
	const names = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	const compressed = new Set(names.filter((name) => name.endsWith(".br")));
	const plain = names.filter((name) => !compressed.has(name));
	return new Map(
		plain.map((name) => {
			const file = readOne(name, compressed.has(`${name}.br`));
			return [`/${relative(folder, name).replaceAll(sep, "/")}`, file];
		}),
	);
}

function readOne(name: string, isCompressed: boolean): PageFile {
	const bytes = readFileSync(name);
	let etag: string | undefined;
	return {
		type: TYPE_OF[extname(name)] ?? "application/octet-stream",
		get etag() {
			etag ??= etagOf(bytes);
			return etag;
		},
		bytes,
		...(isCompressed && { brotli: readFileSync(`${name}.br`) }),
	};
}

/** Returns a weak tag: it is the same for the content and its compressed form. */
function etagOf(bytes: Uint8Array): string {
	return `W/"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
}
