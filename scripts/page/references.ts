import type { Metafile } from "esbuild";

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
	return Object.entries(metafile.outputs)
		.filter(([, output]) => output.entryPoint !== undefined && /\.(tsx|css)$/.test(output.entryPoint))
		.map(([path]) => ({
			name: path.slice(path.lastIndexOf("/") + 1).replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ""),
			url: path.slice(prefix.length),
			preloads: [...importedAtOnce(metafile, path)]
				.filter((file) => file !== path)
				.map((file) => file.slice(prefix.length)),
		}));
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
