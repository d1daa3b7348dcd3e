import type { Metafile } from "esbuild";
import { type PageBundle, pageOutputInRoot } from "./bundle.ts";

/** Dynamically imported files are entry points in the metafile too, but not of the page. */
const ENTRIES = new Set(["web/main.tsx", "web/theme.ts"]);

export type PageEntry = {
	/** Its name in index.html: "main.js". */
	name: string;
	/** Its path on the server: "/assets/main-ABCDEFGH.js". */
	url: string;
	/** The static imports of a script, which the browser can fetch in parallel. */
	preloads: string[];
};

/** Returns the scripts and style sheets that index.html refers to. */
export function pageEntries(bundles: Pick<PageBundle, "metafile">[]): PageEntry[] {
	return bundles.flatMap(({ metafile }) =>
		Object.entries(metafile.outputs)
			.filter(([, { entryPoint }]) => ENTRIES.has(entryPoint ?? ""))
			.flatMap(([path, { cssBundle }]) => {
				const [, ...others] = staticImports(metafile, path);
				const script = { name: plainName(path), url: urlOf(path), preloads: others.map(urlOf) };
				return cssBundle ? [script, { name: plainName(cssBundle), url: urlOf(cssBundle), preloads: [] }] : [script];
			}),
	);
}

export type PagePart = {
	/** Its source: "web/view/join/JoinPage.tsx". */
	source: string;
	/** The paths on the server of its script and the static imports of that. */
	urls: string[];
};

/** Returns the parts of the page that are loaded later, with dynamic imports. */
export function pageParts(bundles: Pick<PageBundle, "metafile">[]): PagePart[] {
	return bundles.flatMap(({ metafile }) =>
		Object.entries(metafile.outputs)
			.filter(([, { entryPoint }]) => entryPoint !== undefined && !ENTRIES.has(entryPoint))
			.map(([path, { entryPoint }]) => ({
				source: entryPoint!,
				urls: [...staticImports(metafile, path)].map(urlOf),
			})),
	);
}

/** Replaces "/main.js" and the like in index.html by the paths of the built files. Throws if a name is missing. */
export function fillReferences(html: string, entries: PageEntry[]): string {
	let filled = html;
	for (const { name, url, preloads } of entries) {
		if (!filled.includes(`"/${name}"`)) throw new Error(`web/index.html does not mention "/${name}".`);
		const links = preloads.map((file) => `<link rel="modulepreload" href="${file}" />`).join("");
		filled = filled.replace(`"/${name}"`, `"${url}"`).replace("</head>", `${links}</head>`);
	}
	return filled;
}

/** Returns the paths in the metafile of an output and its static imports. */
function staticImports(metafile: Metafile, path: string, found = new Set<string>()): Set<string> {
	if (found.has(path)) return found;
	found.add(path);
	for (const edge of metafile.outputs[path]?.imports ?? []) {
		if (edge.kind === "import-statement" && !edge.external) staticImports(metafile, edge.path, found);
	}
	return found;
}

function urlOf(path: string): string {
	return path.slice(pageOutputInRoot.length);
}

function plainName(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1).replace(/-[A-Z0-9]{8}(?=\.\w+$)/, "");
}
