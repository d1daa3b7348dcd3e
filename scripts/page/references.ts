import type { Metafile } from "esbuild";

/** Other outputs have an entry point too: each part that is imported when asked for. */
const ENTRIES = new Set(["web/main.tsx", "web/theme.ts"]);

export type Entry = {
	/** The name that index.html uses: "main.js". */
	name: string;
	/** Where it is served: "/assets/main-ABCDEFGH.js". */
	url: string;
	/** What its script imports at once, so that the browser can fetch all of it side by side. */
	preloads: string[];
};

/** The bundle's entry files, by the names that index.html knows them by. `prefix` is the output folder's path. */
export function entriesOf(metafile: Metafile, prefix: string): Entry[] {
	const entry = (path: string, preloads: string[]) => ({
		name: path.slice(path.lastIndexOf("/") + 1).replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ""),
		url: path.slice(prefix.length),
		preloads: preloads.map((file) => file.slice(prefix.length)),
	});
	const pages = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => ENTRIES.has(entryPoint ?? ""));
	return pages.flatMap(([path, { cssBundle }]) => [
		entry(path, [...importedAtOnce(metafile, path)].slice(1)),
		...(cssBundle ? [entry(cssBundle, [])] : []),
	]);
}

/** A file of the bundle and everything that it loads before it runs. */
export function importedAtOnce(metafile: Metafile, path: string, found = new Set<string>()): Set<string> {
	if (found.has(path)) return found;
	found.add(path);
	for (const edge of metafile.outputs[path]?.imports ?? []) {
		if (edge.kind === "import-statement" && !edge.external) importedAtOnce(metafile, edge.path, found);
	}
	return found;
}

/**
 * index.html with "/main.js" and "/main.css" replaced by the built files' addresses.
 * @throws when it does not mention an entry: the page would come up blank
 */
export function fillReferences(html: string, entries: Entry[]): string {
	for (const { name, url, preloads } of entries) {
		if (!html.includes(`"/${name}"`)) throw new Error(`web/index.html does not mention "/${name}".`);
		html = html.replace(`"/${name}"`, `"${url}"`);
		const links = preloads.map((file) => `<link rel="modulepreload" href="${file}" />`).join("");
		html = html.replace("</head>", `${links}</head>`);
	}
	return html;
}
